from matcher.classify.baseline import fit, product_names, ranked
from models.classifications import groups


def test_the_baseline_is_fitted_on_product_names_of_known_groups():
    names, codes = product_names()
    assert len(names) == len(codes) > 10_000
    assert set(codes) <= set(groups())


def test_the_baseline_ranks_the_group_spelled_alike_first():
    machine = fit(
        ["Удобрения азотные", "Удобрения калийные", "Насосы центробежные", "Насосы поршневые", "Цемент"],
        ["20.15", "20.15", "28.13", "28.13", "23.51"],
    )
    (found,) = ranked(machine, ["насосы для воды"])
    assert found[0] == "28.13"
    assert sorted(found) == ["20.15", "23.51", "28.13"]
    assert ranked(machine, []) == []
