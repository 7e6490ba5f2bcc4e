"""The addresses of the API; every one answers with the document the command line prints with ``--json``."""

from __future__ import annotations

from api import answers, chain_queries, networks, queries
from api.asking import kept, kept_undecided, workspace
from api.v1 import chain_shapes, firm_shapes, gap_shapes, network_shapes, pair_shapes, project_shapes, shapes
from api.v1.describing import answer
from api.v1.paging import present_key, with_next
from matcher.report.frame import Document
from models.text import T


@answer("/companies", queries.CompaniesQuery, firm_shapes.Companies, T("companies with their place in a chain"))
def companies(asked: answers.Asked) -> Document:
    """Largest output first."""
    return with_next(*answers.companies_part(workspace(), asked, present_key()))


@answer("/companies/<inn>", queries.Query, firm_shapes.CompanyCard, T("one company: facts, sources, activities"))
def company(_asked: answers.Asked, inn: str) -> Document:
    """Figures by year, and every activity with its evidence."""
    return answers.company(workspace(), inn)


@answer("/suppliers", queries.SuppliersQuery, pair_shapes.Shortlist, T("who could supply a company"))
def suppliers(asked: answers.Asked) -> Document:
    """Candidates by score, with reasons that add up to it."""
    return with_next(*answers.suppliers_part(workspace(), asked, present_key()))


@answer("/buyers", queries.BuyersQuery, pair_shapes.Shortlist, T("who could buy what a company makes"))
def buyers(asked: answers.Asked) -> Document:
    """Candidates by score; give one of inn, text and okved."""
    return with_next(*answers.buyers_part(workspace(), asked, present_key()))


@answer(
    "/explain", queries.ExplainQuery, pair_shapes.Explanation, T("one pair: its score part by part, and the evidence")
)
def explain(asked: answers.Asked) -> Document:
    """Contributions sum to the score."""
    return answers.explain(workspace(), asked)


@answer("/gaps", queries.GapsQuery, gap_shapes.Gaps, T("what is missing in a chain, and what it is worth"))
def gaps(asked: answers.Asked) -> Document:
    """Gaps by value, with who needs it, who makes it elsewhere and who could start."""
    return with_next(*kept_undecided(answers.gaps_part, asked, present_key()))


@answer("/projects", queries.ProjectsQuery, project_shapes.Projects, T("joint-project candidates"))
def projects(asked: answers.Asked) -> Document:
    """Candidates of one kind, or a varied choice of all."""
    return with_next(*kept(answers.projects_part, asked, present_key()))


@answer("/chain", queries.ChainQuery, chain_shapes.Chain, T("the value-chain table of a cluster"))
def chain(asked: answers.Asked) -> Document:
    """Companies, workers and revenue by segment."""
    return kept_undecided(answers.chain, asked)


@answer("/chain/flow", chain_queries.FlowQuery, network_shapes.Flow, T("the firms behind one flow of a chain"))
def flow(asked: answers.Asked) -> Document:
    """Pairs that carry most of it, and the largest firms of both ends."""
    return kept_undecided(answers.flow, asked)


@answer(
    "/chain/graph",
    chain_queries.GraphQuery,
    network_shapes.Graph,
    T("who supplies whom: the largest links, those around a firm, or the way between two"),
)
def graph(asked: answers.Asked) -> Document:
    """Links on record, expected and missing, with the firms at their ends."""
    return answers.graph(workspace(), asked, networks.links(asked))


@answer(
    "/chain/structure",
    chain_queries.StructureQuery,
    network_shapes.NetworkStructure,
    T("sub-clusters, hubs, and what a network falls apart without"),
)
def structure(asked: answers.Asked) -> Document:
    """Of the network of sales on record and expected ones."""
    return answers.structure(workspace(), asked, networks.network(asked))


@answer("/classify", queries.ClassifyQuery, shapes.Classified, T("what a text, a company or a code does"))
def classify(asked: answers.Asked) -> Document:
    """Four-digit activity groups with confidence and reasons; give one of text, inn and okved."""
    return answers.classify(workspace(), asked)


@answer("/inputs", queries.InputsQuery, shapes.Inputs, T("what an activity needs, or who uses what it makes"))
def inputs(asked: answers.Asked) -> Document:
    """Technical coefficients, the largest first, with layer, import share and sources."""
    return answers.inputs(workspace(), asked)


@answer("/coverage", queries.Query, shapes.Coverage, T("how much of the pilot cluster the register holds"))
def coverage(_asked: answers.Asked) -> Document:
    """Counts beside the programme's, years of the figures, observed links."""
    return answers.coverage(workspace())
