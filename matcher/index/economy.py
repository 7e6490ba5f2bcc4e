"""The economy's matrices as the scorer uses them, made once from the bundled tables.

The coefficient matrix knows goods and services; it does not know through whom they are bought. Two things are added so
that one matrix serves every role:

- *channel* rows: of what activity q spends on good g, a share goes through the wholesalers that handle g, so a
  wholesaler of chemicals is found where chemicals are needed, as a channel and never as a maker;
- *resale* columns: a trader's turnover is spent on goods for resale, not on a recipe.

All columns are per rouble of turnover (revenue), which for makers and services is output.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.assumptions import assumption
from models.channels import goods_handled
from models.classifications import groups
from models.coefficients import Coefficients, load
from models.prefixes import PrefixTable

Floats = NDArray[np.float64]

LAYERS = ("current", "capital", "channel")
MAKER, SERVICE, CHANNEL = "maker", "service", "channel"


#: Share of its output a buyer spends at least on an input it asks for by name.
LEAST_SPENT = 0.001


@dataclass(frozen=True)
class Economy:
    """Matrices over the m activity groups; p indexes inputs (rows), q buyers (columns).

    Attributes
    ----------
    codes
        The m activity groups.
    recipe
        Current and capital inputs per rouble of turnover, shape (m, m): what a gap is measured with.
    match
        ``recipe`` plus channel rows and resale columns, shape (m, m): what a pair is scored with.
    through
        Share of the spending on each good (column) that goes through each channel (row), shape (m, m).
    capital
        The part of ``recipe`` that is equipment and buildings, spread over their years of service, shape (m, m).
    mean_share
        Turnover-weighted mean of ``match`` over buyers that make something, shape (m,).
    import_share
        Share of each cell's spending that is imported, shape (m, m).
    code_import_share
        The same by input, over all buyers, shape (m,).
    turnover_rub, imports_rub, intermediate_rub, final_rub
        The country's totals by code, shape (m,).
    haul_km
        Mean haul of each code's goods, shape (m,).
    role
        ``maker``, ``service`` or ``channel`` of each code.
    realistic_share
        Share of a gap in each code that a region could close by itself, shape (m,).
    price
        Price of each code's goods against that of the tables, shape (m,), or (1,) for all alike.
    """

    codes: tuple[str, ...]
    recipe: Floats
    match: Floats
    through: Floats
    capital: Floats
    mean_share: Floats
    import_share: Floats
    code_import_share: Floats
    turnover_rub: Floats
    imports_rub: Floats
    intermediate_rub: Floats
    final_rub: Floats
    haul_km: Floats
    role: NDArray[np.str_]
    realistic_share: Floats
    price: Floats = field(default_factory=lambda: np.ones(1))

    @property
    def layer(self) -> NDArray[np.int8]:
        """Number of the layer in :data:`LAYERS` that most of each cell of ``recipe`` belongs to, shape (m, m)."""
        return np.asarray(self.capital > self.recipe - self.capital).astype(np.int8)

    def by_layer(self, codes: NDArray[np.int64], shares: Floats) -> Floats:
        """Return what firms with these shares spend on some codes, by layer, per rouble of output.

        The last axis is in the order of :data:`LAYERS` and sums to :meth:`spending`: inputs used up, equipment and
        buildings, and what goes through channels, be it bought from a wholesaler or by one for resale.

        Parameters
        ----------
        codes
            Their numbers, shape (k,).
        shares
            A row a firm, shape (firms, m).

        Returns
        -------
        Shape (firms, k, 3).
        """
        made = np.flatnonzero(shares.any(axis=0))
        at, part, price = (made[:, None], codes), shares[:, made], self.price_of(codes)
        recipe, capital, match = (part @ layer.T[at] for layer in (self.recipe, self.capital, self.match))
        spent = recipe * price
        return np.stack([(recipe - capital) * price, capital * price, np.maximum(match - spent, 0.0)], axis=2)

    def spending(self, shares: Floats) -> Floats:
        """Return what a firm with these shares spends on each code per rouble of its output, shape (m,)."""
        made = np.flatnonzero(shares)
        return np.asarray(self.match[:, made] @ shares[made])

    def spending_of(self, shares: Floats) -> Floats:
        """Return :meth:`spending` of several firms, shape (firms, m)."""
        made = np.flatnonzero(shares.any(axis=0))
        return np.asarray(shares[:, made] @ self.match[:, made].T)

    def with_channels(self, asked: Floats) -> Floats:
        """Return spending on what is asked for together with what of it goes to its wholesalers, shape (m,)."""
        return np.asarray(asked + self.through @ asked)

    def price_of(self, codes: NDArray[np.int64]) -> Floats:
        """Return the price of each of some codes against that of the tables."""
        return self.price.take(codes, mode="clip")  # a single price is that of them all

    @property
    def goods(self) -> NDArray[np.bool_]:
        """Which codes make things that can be carried: makers but for electricity, gas, steam and water, shape (m,)."""
        utility = np.array([code.startswith(("35", "36")) for code in self.codes])
        return np.asarray((self.role == MAKER) & ~utility)

    @property
    def channel(self) -> NDArray[np.bool_]:
        """Which codes are channels, shape (m,)."""
        return np.asarray(self.role == CHANNEL)


@cache
def economy() -> Economy:
    """Return the economy of the bundled tables."""
    return assemble(load())


def assemble(coefficients: Coefficients) -> Economy:
    """Add channels to a coefficient matrix and derive the country's totals."""
    codes = groups()
    role = np.array([row["role"] for row in PrefixTable.bundled("reference/role.csv").over(codes)])
    margin = assumption("trade_margin").value
    channel = role == CHANNEL
    current = coefficients.current.toarray()
    capital = coefficients.capital.toarray()
    scale = np.where(channel, margin, 1.0)
    recipe = (current + capital) * scale[None, :]
    recipe[channel, :] = 0.0
    turnover = coefficients.output_rub / scale
    handled = handled_goods(codes, coefficients.output_rub, channel)
    through = channel_shares(handled, turnover, codes)
    match = recipe + resale_columns(handled, margin) + through @ recipe
    intermediate = match @ turnover
    imports_cells = coefficients.import_share.toarray()
    imports = (recipe * imports_cells) @ turnover
    return Economy(
        codes=codes,
        recipe=recipe,
        match=match,
        through=through,
        capital=np.where(channel[:, None], 0.0, capital * scale[None, :]),
        mean_share=mean_recipe(match, turnover, channel),
        import_share=imports_cells,
        code_import_share=_ratio(imports, recipe @ turnover),
        turnover_rub=turnover,
        imports_rub=imports,
        intermediate_rub=intermediate,
        final_rub=np.maximum(turnover + imports - intermediate, 0.0),
        haul_km=_numbers("reference/deterrence.csv", "mean_haul_km", codes),
        role=role,
        realistic_share=_numbers("reference/gap_scope.csv", "realistic_share", codes),
    )


def priced(economy: Economy, factors: Mapping[str, float]) -> Economy:
    """Return the economy at other prices of some codes, quantities unchanged.

    Buyers spend that much more on the code and its makers' capacity is worth that much more; the economy's mean share
    stays, so an input that becomes dear weighs more among a buyer's needs.

    Parameters
    ----------
    factors
        Factor on the price of each activity group named.
    """
    if not factors:
        return economy
    price = np.ones(len(economy.codes))
    for code, factor in factors.items():
        price[economy.codes.index(code)] = factor
    return replace(economy, match=economy.match * price[:, None], price=price)


def without_layers(economy: Economy, layers: Collection[str]) -> Economy:
    """Return the economy as if some of :data:`LAYERS` were not known, its mean recipe included.

    Totals of the country, and factors fitted on them, stay as they are.
    """
    if not layers:
        return economy
    current, capital = economy.recipe - economy.capital, economy.capital
    channels = economy.match - economy.recipe
    parts = dict(zip(LAYERS, (current, capital, channels), strict=True))
    kept = {name: np.zeros_like(part) if name in layers else part for name, part in parts.items()}
    recipe = kept["current"] + kept["capital"]
    match = recipe + kept["channel"]
    mean = mean_recipe(match, economy.turnover_rub, economy.channel)
    return replace(economy, recipe=recipe, capital=kept["capital"], match=match, mean_share=mean)


def mean_recipe(match: Floats, turnover: Floats, channel: NDArray[np.bool_]) -> Floats:
    """Return the mean spending on each code per rouble of turnover of makers and services, shape (m,).

    Traders are left out: what they resell is no recipe, and would make every traded good look commonly needed.
    """
    weight = np.where(channel, 0.0, turnover)
    return np.asarray(match @ weight / weight.sum())


def handled_goods(codes: Sequence[str], output_rub: Floats, channel: NDArray[np.bool_]) -> Floats:
    """Return h[t, g]: of the goods channel t handles, the share that is g; rows of channels sum to 1 or 0.

    Goods of one channel are taken in proportion to the country's output of them.
    """
    column: Mapping[str, int] = {code: number for number, code in enumerate(codes)}
    handled = np.zeros((len(codes), len(codes)))
    for t, code in enumerate(codes):
        goods = [column[g] for g in goods_handled(code) if g in column] if channel[t] else []
        handled[t, goods] = output_rub[goods]
    return _ratio(handled, handled.sum(axis=1, keepdims=True))


def resale_columns(handled: Floats, margin: float) -> Floats:
    """Return the spending of a channel on goods for resale per rouble of its turnover, shape (m, m)."""
    return (1.0 - margin) * handled.T


def channel_shares(handled: Floats, turnover: Floats, codes: Sequence[str]) -> Floats:
    """Return the share of the spending on good g that goes through channel t, shape (m, m).

    ``σ k[t|g]``, where σ is the share of purchases that goes through wholesalers and ``k[t|g]`` divides good g over the
    channels that handle it by the amount they handle. Retailers sell to households and are left out.
    """
    wholesale = np.array([code.startswith(("45", "46")) for code in codes])
    amount = handled * (turnover * wholesale)[:, None]
    return assumption("wholesale_share").value * _ratio(amount, amount.sum(axis=0, keepdims=True))


def _numbers(table: str, column: str, codes: Sequence[str]) -> Floats:
    return np.array([float(row[column]) for row in PrefixTable.bundled(table).over(codes)])


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.zeros(np.broadcast_shapes(top.shape, bottom.shape)), where=bottom > 0)
