"""Commands whose help and usage errors are read in the caller's language.

Help texts are written in English beside the options they describe; :func:`help_texts` lists them for the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from models.text import Lang, T, Text, translations


class LocalCommand(click.Command):
    """A command that translates its help when it is shown; the language is the root context's object."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help, told of in the caller's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _say(ctx, T("Show this message and exit."))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_say(ctx, T("Usage:")) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_help(ctx, self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and for a group its commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [(option, option.get_help_record(ctx)) for option in options]
        rows = [(record[0], _local(ctx, option, record[1])) for option, record in records if record]
        if rows:
            with formatter.section(_say(ctx, T("Options"))):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class LocalGroup(LocalCommand, click.Group):
    """A group of such commands."""

    command_class = LocalCommand
    group_class = type  # groups within a group are of its own class

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their first lines."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _help(ctx, command.help)) for name, command in commands if command is not None]
        with formatter.section(_say(ctx, T("Commands"))):
            formatter.write_dl(rows)


def help_texts(command: click.Command) -> Iterator[str]:
    """Yield every help text below a command, for the catalogue of translations."""
    if command.help:
        yield _joined(command.help)
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            yield _joined(param.help)
    for child in getattr(command, "commands", {}).values():
        yield from help_texts(child)


def usage_message(error: click.ClickException) -> Text:
    """Return what is wrong with a command line, in words that can be translated."""
    match error:
        case click.NoSuchOption():
            return T("there is no option {name}", name=error.option_name)
        case click.MissingParameter():
            return T("{name} is missing", name=_parameter(error))
        case click.BadParameter():
            return _wrong_value(error)
        case click.UsageError() if "No such command" in error.message:
            return T("there is no such command")
        case _:
            return Text(error.message)


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "?"
    return error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name


def _wrong_value(error: click.BadParameter) -> Text:
    """Return what a value should have been."""
    name = _parameter(error)
    match error.param and error.param.type:
        case click.IntRange() | click.FloatRange() as kind:
            return T("{name}: a number {range} is expected", name=name, range=_range(kind))
        case click.Choice() as kind:
            return T("{name}: one of {choices} is expected", name=name, choices=", ".join(map(str, kind.choices)))
        case click.Path():
            return T("{name}: there is no such file", name=name)
        case _:
            return T("{name}: {why}", name=name, why=error.message)


def _range(kind: click.IntRange | click.FloatRange) -> Text:
    """Return the bounds of the number that an option takes."""
    if kind.max is None:
        return T("of at least {least}", least=kind.min)
    return T("from {least} to {most}", least=kind.min, most=kind.max)


def _help(ctx: click.Context, text: str | None) -> str:
    return _say(ctx, Text(_joined(text))) if text else ""


def _say(ctx: click.Context, text: Text) -> str:
    lang: Lang = ctx.find_root().obj or "en"
    return translations(lang).gettext(text.msgid)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _local(ctx: click.Context, option: click.Option, shown: str) -> str:
    """Put a translated help text in the place of its original, and the words click adds beside its defaults."""
    words = shown.replace(option.help, _help(ctx, option.help)) if option.help else shown
    return words.replace("[required]", f"[{_say(ctx, T('required'))}]")
