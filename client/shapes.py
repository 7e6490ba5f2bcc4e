"""What the API sends and takes; written by tools/client_writer.py, not by hand."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Account(TypedDict):
    """See the description of the API."""

    login: str
    role: Literal["administrator", "manager", "anchor", "sme", "viewer"]
    inn: str | None
    made_at: str
    disabled_at: str | None


class AccountBody(TypedDict):
    """See the description of the API."""

    role: Literal["administrator", "manager", "anchor", "sme", "viewer"]
    inn: NotRequired[str]
    login: str
    password: NotRequired[str]


class AccountChange(TypedDict):
    """See the description of the API."""

    role: NotRequired[Literal["administrator", "manager", "anchor", "sme", "viewer"]]
    inn: NotRequired[str]
    disabled: NotRequired[bool]


class AccountMade(TypedDict):
    """See the description of the API."""

    login: str
    role: Literal["administrator", "manager", "anchor", "sme", "viewer"]
    inn: str | None
    made_at: str
    disabled_at: str | None
    password: str | None


class AccountPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Account]


class ActivityNamed(TypedDict):
    """See the description of the API."""

    lang: str
    code: str
    name: str


class Affiliate(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    text: str
    path: list[str]


class Affiliation(TypedDict):
    """See the description of the API."""

    text: str
    path: list[str]


class Anchor(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    score: float
    distance_km: float | None
    expected_value_rub: float | None
    place: Place


class AnswerBody(TypedDict):
    """See the description of the API."""

    note: NotRequired[str]
    state: Literal["introduced", "declined", "waiting"]


class AskItem(TypedDict):
    """See the description of the API."""

    title: str
    note: str
    contact: str
    lines: list[Line]


class Assumed(TypedDict):
    """See the description of the API."""

    key: str
    name: str
    value: float
    low: float
    high: float
    source: str


class Audit(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Deed]
    people: list[str]


class Board(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    items: list[NoticeFound]
    counts: dict[str, dict[str, Any]]
    today: str


class Bridge(TypedDict):
    """See the description of the API."""

    first: Firm
    second: Firm
    rub: float | None


class BuyersOnMap(TypedDict):
    """See the description of the API."""

    total: int
    query: NotRequired[dict[str, Any]]
    weights: Weights
    exposure: Exposure | None
    newcomer_chance: float | None
    stated: list[str]
    items: list[PlacedBuyer]
    groups: list[Group]
    users: list[PlacedBuyer]
    channels: list[PlacedBuyer]
    partners: list[Partner]
    affiliates: list[Affiliate]
    near_misses: list[NearMiss]
    not_loaded: list[NotLoaded]
    left: NotRequired[list[Gone]]
    home: Any


class Call(TypedDict):
    """See the description of the API."""

    number: int
    request: int
    title: str
    buyer: Firm
    stage: Literal["open", "closed"]
    answer_by: str
    days_left: int
    by: str
    at: str
    asked: int
    answered: int
    declined: int
    waiting: int
    remind: bool
    ask: AskItem
    firms: list[CallFirm]
    steps: list[CallStep]


class CallBody(TypedDict):
    """See the description of the API."""

    title: NotRequired[str]
    note: NotRequired[str]
    contact: NotRequired[str]
    answer_by: str
    names: NotRequired[list[str]]
    firms: list[FirmAsked]


class CallChange(TypedDict):
    """See the description of the API."""

    stage: NotRequired[Literal["open", "closed"]]
    answer_by: NotRequired[str]


class CallFirm(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    state: Literal["asked", "reminded", "answered", "declined", "withdrawn"]
    lines: list[int]
    offer: OfferItem | None
    note: str
    account: bool
    late: bool
    at: str


class CallHead(TypedDict):
    """See the description of the API."""

    number: int
    request: int
    title: str
    buyer: Firm
    stage: Literal["open", "closed"]
    answer_by: str
    days_left: int
    by: str
    at: str
    asked: int
    answered: int
    declined: int
    waiting: int
    remind: bool


class CallHeadPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[CallHead]


class CallReceived(TypedDict):
    """See the description of the API."""

    number: int
    request: int
    title: str
    buyer: Firm
    stage: Literal["open", "closed"]
    answer_by: str
    days_left: int
    by: str
    at: str
    own_state: Literal["asked", "reminded", "answered", "declined", "withdrawn"]
    waits: bool


class CallReceivedPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[CallReceived]


class CallStep(TypedDict):
    """See the description of the API."""

    at: str
    by: str
    state: str
    note: str
    firm: str


class CallStepBody(TypedDict):
    """See the description of the API."""

    state: Literal["asked", "reminded", "answered", "declined", "withdrawn"]
    reason: NotRequired[str]
    offer: NotRequired[OfferBody | None]


class Candidate(TypedDict):
    """See the description of the API."""

    okved_code: str
    detail_code: str | None
    name: str
    confidence: float
    stage: str | None
    side: str | None
    segment: str | None
    segment_name: str | None
    cluster: str | None
    reasons: list[str]


class Candidates(TypedDict):
    """See the description of the API."""

    total: int
    items: list[RankedItem]
    partners: list[Partner]


class Card(TypedDict):
    """See the description of the API."""

    inn: str
    run: int | None
    values: dict[str, str]
    writable: list[str]
    changes: list[CardChange]


class CardBody(TypedDict):
    """See the description of the API."""

    name: NotRequired[str]
    okved_main: NotRequired[str]
    okved_extra: NotRequired[str]
    region_code: NotRequired[str]
    city: NotRequired[str]
    offers: NotRequired[str]
    needs: NotRequired[str]
    capacity: NotRequired[str]
    equipment: NotRequired[str]
    waste: NotRequired[str]
    vacancies: NotRequired[str]
    website: NotRequired[str]
    revenue_rub: NotRequired[str]
    revenue_rub_year: NotRequired[str]
    workers: NotRequired[str]
    workers_year: NotRequired[str]


class CardChange(TypedDict):
    """See the description of the API."""

    run: int
    at: str
    by: str
    undone: bool
    fields: list[str]


class Catalogue(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    items: list[PlacedMaker]
    segments: list[SegmentCount]
    exports: list[ExportLine]
    firms: int
    products: int
    offers: int
    entries: int
    date: str


class CatalogueEntry(TypedDict):
    """See the description of the API."""

    lang: str
    ref: str
    title: str
    volume: str
    price: str
    terms: str
    until: str | None


class Chain(TypedDict):
    """See the description of the API."""

    query: NotRequired[dict[str, Any]]
    rows: list[ChainRow]
    flows: Flows
    profile: NotRequired[Profile]


class ChainRow(TypedDict):
    """See the description of the API."""

    stage: str
    side: str | None
    segment: str
    segment_name: str
    companies: int
    workers: float | None
    revenue_rub: float | None
    year: int | None


class ChosenBody(TypedDict):
    """See the description of the API."""

    inns: list[str]
    form: NotRequired[Literal["csv", "xlsx", "geojson"]]


class Classified(TypedDict):
    """See the description of the API."""

    candidates: list[Candidate]


class CodeNamed(TypedDict):
    """See the description of the API."""

    code: str
    name: str


class Coded(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str


class Column(TypedDict):
    """See the description of the API."""

    number: int
    title: str
    samples: list[str]
    name: str
    left_out: bool
    meant: str


class Columns(TypedDict):
    """See the description of the API."""

    columns: list[Column]
    lacks_inn: bool
    names: list[str]
    rows: list[list[str]]
    meanings: list[Meaning]


class ColumnsBody(TypedDict):
    """See the description of the API."""

    columns: NotRequired[dict[str, str]]
    sole_traders: NotRequired[bool]
    year: NotRequired[int | None]
    save: NotRequired[str]


class Community(TypedDict):
    """See the description of the API."""

    firms: int
    inside_share: float
    output_rub: float | None
    activities: list[Coded]
    members: list[Firm]


class Companies(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    items: list[CompanyItem]


class CompanyCard(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    okved_main: str | None
    stage: str | None
    side: str | None
    segment: str | None
    region_code: str
    city: str | None
    revenue_rub: float | None
    revenue_year: int | None
    workers: float | None
    category: str | None
    figures: list[YearFigure]
    sources: dict[str, str]
    activities: list[Candidate]
    founders: list[Founder]
    managed_by: list[Founder]
    licences: list[str]
    tax_regimes: list[str]
    equipment: str | None
    capacity: str | None
    waste: str | None
    vacancies: str | None
    flags: list[Flag]
    affiliates: list[Affiliate]
    statements: list[Statement]
    conflicts: list[Statement]


class CompanyItem(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    okved_main: str | None
    stage: str | None
    side: str | None
    segment: str | None
    region_code: str
    city: str | None
    revenue_rub: float | None
    revenue_year: int | None
    workers: float | None
    category: str | None


class CompanyList(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[LabelledItem]
    counts: dict[str, dict[str, Any]]
    towns: list[Town]


class Compared(TypedDict):
    """See the description of the API."""

    lines: list[ComparedLine]
    totals: list[OfferTotal]


class ComparedLine(TypedDict):
    """See the description of the API."""

    line: int
    name: str
    volume: float | None
    unit: str
    note: str
    differs: bool
    offers: list[ComparedOffer]


class ComparedOffer(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    price_rub: float
    unit: str
    volume: float | None
    per_rub: float | None
    cost_rub: float | None
    short: bool
    lowest: bool


class Concentration(TypedDict):
    """See the description of the API."""

    share: float | None
    risk: bool
    text: str


class Correction(TypedDict):
    """See the description of the API."""

    row: int
    value: NotRequired[str]
    year: NotRequired[str]
    cells: NotRequired[dict[str, str]]


class CorrectionsBody(TypedDict):
    """See the description of the API."""

    corrections: list[Correction]


class Count(TypedDict):
    """See the description of the API."""

    total: int
    recent: int


class Counts(TypedDict):
    """See the description of the API."""

    introductions: Count
    pairs: Count
    offers: Count
    entries: Count
    projects: Count


class Coverage(TypedDict):
    """See the description of the API."""

    region: str
    cluster: str
    firms: int
    firms_in_region: int
    years: dict[str, int]
    programme: list[dict[str, Any]]
    links: dict[str, Any]


class Decided(TypedDict):
    """See the description of the API."""

    decision: str
    reason_code: str | None
    reason: str
    text: str
    at: str


class DecisionBody(TypedDict):
    """See the description of the API."""

    decision: Literal["accept", "decline", "later", "reopen"]
    reason_code: NotRequired[
        Literal[
            "",
            "price",
            "quality",
            "capacity",
            "distance",
            "not_our_product",
            "right_product",
            "already_partner",
            "competitor",
            "same_owner",
            "certificate",
            "terms",
            "reputation",
            "recommended",
            "scarce",
            "no_answer",
            "other",
        ]
    ]
    reason: NotRequired[str]


class DecisionMade(TypedDict):
    """See the description of the API."""

    supplier_inn: str
    buyer_inn: str
    decision: str
    reason_code: str | None
    reason: str
    at: str
    by: str


class DecisionMadePage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[DecisionMade]


class Deed(TypedDict):
    """See the description of the API."""

    at: str
    kind: Literal[
        "import",
        "undo",
        "decision",
        "project",
        "introduction",
        "request",
        "offer",
        "name",
        "weights",
        "account",
        "board",
        "remark",
    ]
    by: str
    what: str
    about: str
    note: str
    run: int | None
    inns: list[str]


class Delivery(TypedDict):
    """See the description of the API."""

    id: int
    event: str
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    made_at: str
    done_at: str | None
    next_at: str | None
    status: int | None
    error: str
    payload: dict[str, Any]


class DeliveryPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Delivery]


class Direction(TypedDict):
    """See the description of the API."""

    direction: str
    name: str


class EmptyBody(TypedDict):
    """See the description of the API."""


class Ends(TypedDict):
    """See the description of the API."""

    open: int
    soon: int
    expired: int


class Entry(TypedDict):
    """See the description of the API."""

    ref: str
    source: str
    inn: str
    name: str
    city: str | None
    region_code: str | None
    website: str | None
    kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
    side: Literal["offer", "request"]
    title: str
    title_lang: str
    text: str
    volume: str
    price: str
    terms: str
    okved: list[CodeNamed]
    since: str | None
    until: str | None
    days_left: int | None
    told: str
    id: int
    state: Literal["open", "expired", "withdrawn"]
    soon: bool
    project: str | None
    step: int
    steps: list[EntryStep]


class EntryBody(TypedDict):
    """See the description of the API."""

    title: str
    title_en: NotRequired[str]
    text: NotRequired[str]
    volume: NotRequired[str]
    price: NotRequired[str]
    terms: NotRequired[str]
    okved: NotRequired[str]
    until: NotRequired[str]
    inn: NotRequired[str]
    kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
    side: Literal["offer", "request"]
    project: NotRequired[str]


class EntryChange(TypedDict):
    """See the description of the API."""

    title: NotRequired[str]
    title_en: NotRequired[str]
    text: NotRequired[str]
    volume: NotRequired[str]
    price: NotRequired[str]
    terms: NotRequired[str]
    okved: NotRequired[str]
    until: NotRequired[str]
    step: NotRequired[int]


class EntryStep(TypedDict):
    """See the description of the API."""

    did: Literal["posted", "edited", "renewed", "withdrawn", "undone"]
    by: str
    inn: str | None
    at: str
    until: str


class ErrorBody(TypedDict):
    """See the description of the API."""

    code: str
    message: str
    hint: str


class Evidence(TypedDict):
    """See the description of the API."""

    kind: str
    source: str
    date: str | None
    detail: dict[str, Any]


class Explanation(TypedDict):
    """See the description of the API."""

    expected_value_rub: float | None
    expected_value_low_rub: float | None
    expected_value_high_rub: float | None
    inn: str
    name: str
    flags: list[Flag]
    role: Literal["maker", "service", "channel"]
    layer: Literal["current", "capital", "channel"]
    layers: Layers
    score: float
    probability: float
    calibrated: bool
    need_rub: float | None
    need_inputs: int
    distance_km: float | None
    link: Literal["observed", "inferred"]
    codes: list[PairCode]
    reasons: list[Reason]
    concentration: Concentration
    decision: str | None
    decided: Decided | None
    weights: Weights
    supplier: FlaggedFirm
    buyer: FlaggedFirm
    affiliation: Affiliation | None
    ranks: PairRanks
    evidence: list[Evidence]


class ExportLine(TypedDict):
    """See the description of the API."""

    name: str
    year: int
    export_musd: float
    growth: float


class Exposure(TypedDict):
    """See the description of the API."""

    first: int
    sme: int
    sme_share: float
    attention_share: float
    supply_share: float | None
    firms_share: float
    size_by_output: int
    size_unknown: int


class FieldError(TypedDict):
    """See the description of the API."""

    parameter: NotRequired[str]
    pointer: NotRequired[str]
    detail: str
    hint: str


class Firm(TypedDict):
    """See the description of the API."""

    inn: str
    name: str


class FirmAsked(TypedDict):
    """See the description of the API."""

    inn: str
    lines: NotRequired[list[int]]


class FirmProducts(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    own_name: str
    city: str
    region_code: str | None
    region: str
    website: str | None
    products: list[Product]
    offers: list[OfferText]
    capacity: str | None
    entries: list[CatalogueEntry]
    activities: list[ActivityNamed]
    exports: list[ExportLine]


class FittingNotice(TypedDict):
    """See the description of the API."""

    ref: str
    source: str
    inn: str
    name: str
    city: str | None
    region_code: str | None
    website: str | None
    kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
    side: Literal["offer", "request"]
    title: str
    title_lang: str
    text: str
    volume: str
    price: str
    terms: str
    okved: list[CodeNamed]
    since: str | None
    until: str | None
    days_left: int | None
    told: str
    reasons: list[str]
    points: float


class Flag(TypedDict):
    """See the description of the API."""

    kind: str
    text: str
    value: float | None
    source: str
    date: str


class FlaggedFirm(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    flags: list[Flag]


class Flow(TypedDict):
    """See the description of the API."""

    query: NotRequired[dict[str, Any]]
    source: FlowNode
    target: FlowNode
    flow: FlowLink | None
    pairs: list[FlowPair]
    of_the_largest: int | None
    sellers: list[Maker]
    buyers: list[Maker]


class FlowLink(TypedDict):
    """See the description of the API."""

    source: str
    target: str
    observed_rub: float | None
    inferred_rub: float | None
    records: int


class FlowNode(TypedDict):
    """See the description of the API."""

    key: str
    name: str


class FlowPair(TypedDict):
    """See the description of the API."""

    supplier: Firm
    buyer: Firm
    rub: float | None
    link: Literal["observed", "inferred"]


class Flows(TypedDict):
    """See the description of the API."""

    nodes: list[FlowNode]
    links: list[FlowLink]
    notes: list[str]


class Found(TypedDict):
    """See the description of the API."""

    firm: list[Firm] | None
    to: list[Firm] | None


class Founder(TypedDict):
    """See the description of the API."""

    inn: str
    name: str | None


class Gain(TypedDict):
    """See the description of the API."""

    what: str
    rub: float | None
    low_rub: float | None
    high_rub: float | None


class Gap(TypedDict):
    """See the description of the API."""

    value_rub: float | None
    value_low_rub: float | None
    value_high_rub: float | None
    okved_code: str
    name: str
    kind: str
    kinds: list[str]
    demand_rub: float | None
    demand_low_rub: float | None
    demand_high_rub: float | None
    supply_rub: float | None
    gap_rub: float | None
    worth: str
    plant: Plant | None
    nearness: Nearness | None
    path: list[PathStep] | None
    single_source: SingleSource | None
    import_share: float | None
    buyers: list[Holder]
    outside_suppliers: list[Outsider]
    could_start: list[Starter]
    wholesalers: list[Outsider]
    affiliates: list[Affiliate]


class Gaps(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    items: list[Gap]
    missing_links: list[MissingLink]
    observed_links: int


class Gone(TypedDict):
    """See the description of the API."""

    was: NotRequired[int | None]
    now: NotRequired[int | None]
    moved_by: NotRequired[str | None]
    moved_by_log_odds: NotRequired[float | None]
    move: NotRequired[str]
    inn: str
    name: str


class Graph(TypedDict):
    """See the description of the API."""

    query: NotRequired[dict[str, Any]]
    firms: int
    links: int
    observed: int
    expected: int
    missing: int
    nodes: list[GraphNode]
    items: list[GraphLink]
    left_out: LeftOut
    way: Way | None
    found: Found


class GraphLink(TypedDict):
    """See the description of the API."""

    supplier: Firm
    buyer: Firm
    rub: float | None
    kind: Literal["observed", "expected", "missing"]
    okved_code: str | None
    activity: str | None
    on_way: bool


class GraphNode(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    output_rub: float | None
    stage: str | None
    segment: str | None
    okved_code: str
    activity: str
    distance_from_use: float
    community: int | None


class Group(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str
    role: str
    demand_rub: float | None
    import_share: float | None
    stated: str | None
    items: list[RankedItem]


class HeardActivity(TypedDict):
    """See the description of the API."""

    okved_code: str
    detail_code: str | None
    name: str
    confidence: float
    stage: str | None
    side: str | None
    segment: str | None
    segment_name: str | None
    cluster: str | None
    reasons: list[str]
    share: float
    meant: bool


class History(TypedDict):
    """See the description of the API."""

    items: list[HistoryStep]


class HistoryStep(TypedDict):
    """See the description of the API."""

    kind: str
    what: str
    note: str
    by: str
    at: str
    supplier: str
    buyer: str
    other: str | None
    other_name: str
    run: int | None


class Hit(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    loss_rub: float | None


class Holder(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    demand_rub: float | None


class Home(TypedDict):
    """See the description of the API."""

    inn: str | None
    entries: Ends | None
    news: list[NewsItem]
    sent: list[CallHead]
    asked: list[CallReceived]
    own: Own | None
    waiting: dict[str, Any] | None
    changes: dict[str, Any] | None
    files: int | None
    results: Results | None


class ImportRun(TypedDict):
    """See the description of the API."""

    run: int
    file: str
    format: str
    sha256: str
    at: str
    by: str
    seconds: float | None
    added: int
    changed: int
    quarantined: int
    undone: str | None


class ImportRunPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[ImportRun]


class ImportUndone(TypedDict):
    """See the description of the API."""

    run: int
    removed: int
    changed: int
    unchanged: int
    links: int
    reopened: int


class InputBody(TypedDict):
    """See the description of the API."""

    code: NotRequired[str | None]
    words: NotRequired[str]
    price_rub: NotRequired[float | None]
    volume: NotRequired[float | None]
    unit: NotRequired[str]
    radius_km: NotRequired[float | None]
    papers: NotRequired[list[str]]
    note: NotRequired[str]
    needed_by: NotRequired[str | None]


class InputCandidate(TypedDict):
    """See the description of the API."""

    was: NotRequired[int | None]
    now: NotRequired[int | None]
    moved_by: NotRequired[str | None]
    moved_by_log_odds: NotRequired[float | None]
    move: NotRequired[str]
    expected_value_rub: float | None
    expected_value_low_rub: float | None
    expected_value_high_rub: float | None
    inn: str
    name: str
    flags: list[Flag]
    role: Literal["maker", "service", "channel"]
    layer: Literal["current", "capital", "channel"]
    layers: Layers
    score: float
    probability: float
    calibrated: bool
    need_rub: float | None
    need_inputs: int
    distance_km: float | None
    link: Literal["observed", "inferred"]
    codes: list[PairCode]
    reasons: list[Reason]
    concentration: Concentration
    decision: str | None
    decided: Decided | None
    rank: int
    choice: float
    mutual: NotRequired[Standing | None]
    papers: list[PaperStated]


class InputCell(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str
    coefficient: float | None
    import_share: float | None
    layer: str
    sources: list[str]
    typical: str | None


class InputGroup(TypedDict):
    """See the description of the API."""

    key: str
    okved_code: str | None
    name: str
    words: str
    price_rub: float | None
    volume: float | None
    unit: str
    spend_rub: float | None
    radius_km: float | None
    papers_wanted: list[str]
    note: str
    needed_by: str | None
    demand_rub: float | None
    total: int
    items: list[InputCandidate]
    sources: dict[str, Any] | None
    partners: list[Partner]
    affiliates: list[Affiliate]
    near_misses: list[NearMiss]
    error: NotRequired[ErrorBody]


class InputNews(TypedDict):
    """See the description of the API."""

    key: str
    count: int
    entered: list[Firm]
    left: list[Firm]
    moved: list[Moved]


class Inputs(TypedDict):
    """See the description of the API."""

    okved_code: str
    inherited_from: str | None
    inputs: NotRequired[list[InputCell]]
    users: NotRequired[list[InputCell]]


class Introduction(TypedDict):
    """See the description of the API."""

    supplier: Party
    buyer: Party
    state: Literal["waiting", "introduced", "declined", "withdrawn"]
    note: str
    asked_for: str | None
    asked_by: str
    asked_at: str
    askers: list[str]
    steps: list[IntroductionStep]


class IntroductionPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Introduction]


class IntroductionStep(TypedDict):
    """See the description of the API."""

    state: Literal["waiting", "introduced", "declined", "withdrawn"]
    note: str
    inn: str | None
    by: str
    at: str


class Job(TypedDict):
    """See the description of the API."""

    id: str
    file: str
    state: Literal["checking", "checked", "importing", "done", "failed"]
    by: str
    step: JobStep | None
    report: dict[str, Any] | None
    error: ErrorBody | None


class JobList(TypedDict):
    """See the description of the API."""

    items: list[Job]


class JobStep(TypedDict):
    """See the description of the API."""

    file: str
    rows: int
    share: float | None


class KpiMove(TypedDict):
    """See the description of the API."""

    no: int
    name: str
    unit: str
    by: float
    low: float
    high: float
    target: float
    target_year: int


class LabelCount(TypedDict):
    """See the description of the API."""

    label: str
    companies: int


class LabelledItem(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    okved_main: str | None
    stage: str | None
    side: str | None
    segment: str | None
    region_code: str
    city: str | None
    revenue_rub: float | None
    revenue_year: int | None
    workers: float | None
    category: str | None
    labels: list[str]


class Labels(TypedDict):
    """See the description of the API."""

    items: list[LabelCount]


class Layers(TypedDict):
    """See the description of the API."""

    current: float
    capital: float
    channel: float


class Leader(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    inputs: list[str]


class LeftOut(TypedDict):
    """See the description of the API."""

    links: int
    rub: float | None


class Line(TypedDict):
    """See the description of the API."""

    line: int
    name: str
    volume: float | None
    unit: str
    note: str


class LineOffered(TypedDict):
    """See the description of the API."""

    line: int
    price_rub: float
    unit: NotRequired[str]
    volume: NotRequired[float | None]


class Looks(TypedDict):
    """See the description of the API."""

    days: int
    now: dict[str, int]
    before: dict[str, int]
    roles: dict[str, int]
    months: list[Month]
    introductions: list[Introduction]
    calls: list[CallReceived]


class Maker(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    output_rub: float | None


class Matches(TypedDict):
    """See the description of the API."""

    side: str
    entries: list[FittingNotice]
    companies: list[RankedItem]
    total: int
    note: str


class Me(TypedDict):
    """See the description of the API."""

    login: str
    role: Literal["administrator", "manager", "anchor", "sme", "viewer"]
    inn: str | None
    scopes: list[str]


class Meaning(TypedDict):
    """See the description of the API."""

    name: str
    meaning: str


class MeasureYear(TypedDict):
    """See the description of the API."""

    year: int
    value: float | None
    firms: int
    of_firms: int
    share: float | None
    few: bool


class MissingLink(TypedDict):
    """See the description of the API."""

    expected_value_rub: float | None
    expected_value_low_rub: float | None
    expected_value_high_rub: float | None
    okved_code: str
    name: str
    supplier: FlaggedFirm
    buyer: FlaggedFirm
    distance_km: float | None


class Month(TypedDict):
    """See the description of the API."""

    month: str
    times: dict[str, int]


class MoreFirms(TypedDict):
    """See the description of the API."""

    inns: list[str]


class Moved(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    was: int
    now: int


class Naming(TypedDict):
    """See the description of the API."""

    item: int
    verdict: str
    inns: list[str]
    rows: int


class NamingBody(TypedDict):
    """See the description of the API."""

    verdict: Literal["same", "different", "drop", "open"]
    inn: NotRequired[str]


class NamingCandidate(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    place: str
    score: float
    reasons: list[str]


class NearGap(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str
    gap_rub: float | None
    single_source: bool
    own_rub: NotRequired[float | None]
    share: NotRequired[float]


class NearGaps(TypedDict):
    """See the description of the API."""

    needs: list[NearGap]
    makes: list[NearGap]


class NearMiss(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    score: float
    rule: str
    text: str
    decision: NotRequired[Decided]


class Nearness(TypedDict):
    """See the description of the API."""

    rank: int
    of: int


class NetworkStructure(TypedDict):
    """See the description of the API."""

    query: NotRequired[dict[str, Any]]
    firms: int
    links: int
    observed: int
    expected: int
    communities: list[Community]
    hubs: list[Told]
    reach: list[Told]
    joints: list[Told]
    bridges: list[Bridge]


class NewsItem(TypedDict):
    """See the description of the API."""

    number: int
    version: int
    state: Literal["open", "removed"]
    name: str
    buyer: Firm
    region: str | None
    sme: bool
    makers_only: bool
    note: str
    by: str
    at: str
    news: int


class NewsList(TypedDict):
    """See the description of the API."""

    items: list[NewsItem]


class NotLoaded(TypedDict):
    """See the description of the API."""

    format: str
    text: str
    hint: str


class NoteBody(TypedDict):
    """See the description of the API."""

    note: NotRequired[str]


class NoticeFound(TypedDict):
    """See the description of the API."""

    ref: str
    source: str
    inn: str
    name: str
    city: str | None
    region_code: str | None
    website: str | None
    kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
    side: Literal["offer", "request"]
    title: str
    title_lang: str
    text: str
    volume: str
    price: str
    terms: str
    okved: list[CodeNamed]
    since: str | None
    until: str | None
    days_left: int | None
    told: str
    why: str


class NoticeSeen(TypedDict):
    """See the description of the API."""

    ref: str
    source: str
    inn: str
    name: str
    city: str | None
    region_code: str | None
    website: str | None
    kind: Literal["product", "service", "vacancy", "joint_project", "contract_manufacturing"]
    side: Literal["offer", "request"]
    title: str
    title_lang: str
    text: str
    volume: str
    price: str
    terms: str
    okved: list[CodeNamed]
    since: str | None
    until: str | None
    days_left: int | None
    told: str
    entry: Entry | None


class OfferBody(TypedDict):
    """See the description of the API."""

    lines: list[LineOffered]
    delivery_rub: NotRequired[float | None]
    delivery_days: NotRequired[int | None]
    valid_till: NotRequired[str | None]
    comment: NotRequired[str]


class OfferItem(TypedDict):
    """See the description of the API."""

    lines: list[OfferLine]
    delivery_rub: float | None
    delivery_days: int | None
    valid_till: str | None
    comment: str


class OfferLine(TypedDict):
    """See the description of the API."""

    line: int
    price_rub: float
    unit: str
    volume: float | None


class OfferText(TypedDict):
    """See the description of the API."""

    lang: str
    text: str


class OfferTotal(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    goods_rub: float | None
    delivery_rub: float | None
    total_rub: float | None
    whole: bool
    lowest: bool


class OneAsked(TypedDict):
    """See the description of the API."""

    number: int
    request: int
    title: str
    buyer: Firm
    stage: Literal["open", "closed"]
    answer_by: str
    days_left: int
    by: str
    at: str
    supplier: Firm
    state: Literal["asked", "reminded", "answered", "declined", "withdrawn"]
    account: bool
    ask: AskItem
    offer: OfferItem | None
    steps: list[CallStep]


class Outsider(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    flags: list[Flag]
    distance_km: float | None
    evidence: str


class Own(TypedDict):
    """See the description of the API."""

    missing: list[str]
    introductions: dict[str, int]


class OwnEntries(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Entry]
    counts: dict[str, int]
    soon: int


class PaginationMetadata(TypedDict):
    """See the description of the API."""

    total: NotRequired[int]
    total_pages: NotRequired[int]
    first_page: NotRequired[int]
    last_page: NotRequired[int]
    page: NotRequired[int]
    previous_page: NotRequired[int]
    next_page: NotRequired[int]


class PairCode(TypedDict):
    """See the description of the API."""

    supplier_okved: str
    buyer_okved: str
    share: float


class PairRanks(TypedDict):
    """See the description of the API."""

    supplier_for_buyer: Place
    buyer_for_supplier: Place


Panel = TypedDict(
    "Panel",
    {
        "from": "int",
        "to": "int",
        "firms": "int",
        "was": "float | None",
        "now": "float | None",
        "growth": "float | None",
        "change": "float | None",
        "few": "bool",
    },
)


class PaperStated(TypedDict):
    """See the description of the API."""

    wanted: str
    stated: str | None


class Participant(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    flags: list[Flag]
    role: str
    sme: bool
    gain: Gain | None


class Partner(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    score: float
    distance_km: float | None
    sales: int
    amount_rub: float | None
    text: str


class Party(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    city: str | None


class PathStep(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str
    part: str


class Place(TypedDict):
    """See the description of the API."""

    rank: int | None
    total: int


class PlacedBuyer(TypedDict):
    """See the description of the API."""

    was: NotRequired[int | None]
    now: NotRequired[int | None]
    moved_by: NotRequired[str | None]
    moved_by_log_odds: NotRequired[float | None]
    move: NotRequired[str]
    expected_value_rub: float | None
    expected_value_low_rub: float | None
    expected_value_high_rub: float | None
    inn: str
    name: str
    flags: list[Flag]
    role: Literal["maker", "service", "channel"]
    layer: Literal["current", "capital", "channel"]
    layers: Layers
    score: float
    probability: float
    calibrated: bool
    need_rub: float | None
    need_inputs: int
    distance_km: float | None
    link: Literal["observed", "inferred"]
    codes: list[PairCode]
    reasons: list[Reason]
    concentration: Concentration
    decision: str | None
    decided: Decided | None
    rank: int
    choice: float
    mutual: NotRequired[Standing | None]
    point: Any


class PlacedMaker(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    own_name: str
    city: str
    region_code: str | None
    region: str
    website: str | None
    products: list[Product]
    offers: list[OfferText]
    capacity: str | None
    entries: list[CatalogueEntry]
    segment: str
    activity: ActivityNamed


class Plant(TypedDict):
    """See the description of the API."""

    makers: int
    viable_rub: float | None
    usual_rub: float | None
    feeds: int | None


class Portfolio(TypedDict):
    """See the description of the API."""

    limits: dict[str, Any]
    value_rub: float | None
    benefit_rub: float | None
    expected_rub: float | None
    bound_rub: float | None
    optimality_gap: float
    greedy_rub: float | None
    random_rub: float | None
    cost_rub: float | None
    smes: int
    candidates: int
    conflicts: int
    rivals_left_out: int


class ProblemShape(TypedDict):
    """See the description of the API."""

    error: ErrorBody
    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldError]]


Product = TypedDict("Product", {"lang": "str", "code": "str", "name": "str", "class": "str"})


class Profile(TypedDict):
    """See the description of the API."""

    years: list[int]
    year: int | None
    prices: str
    scopes: list[Scope]
    notes: list[str]


class Project(TypedDict):
    """See the description of the API."""

    value_rub: float | None
    value_low_rub: float | None
    value_high_rub: float | None
    id: str
    kind: str
    title: str
    score: float
    benefit_rub: float | None
    participants: list[Participant]
    affiliates: list[Affiliate]
    gap: dict[str, Any] | None
    kpis: list[KpiMove]
    directions: list[Direction]
    cost_rub: float | None
    cost_low_rub: float | None
    cost_high_rub: float | None
    risks: list[str]
    steps: list[str]
    facts: list[str]
    reasons: list[str]
    assumptions: list[str]
    assumed: list[Assumed]


class ProjectDecided(TypedDict):
    """See the description of the API."""

    id: str
    decision: str
    reason_code: NotRequired[str | None]
    reason: str
    title: str | None


class ProjectDecidedPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[ProjectDecided]


class ProjectDecisionBody(TypedDict):
    """See the description of the API."""

    id: str
    decision: Literal["accept", "decline", "later", "reopen"]
    reason_code: NotRequired[
        Literal[
            "",
            "asked",
            "programme",
            "worth",
            "facts",
            "busy",
            "season",
            "no_interest",
            "wrong_product",
            "too_small",
            "too_hard",
            "rivals",
            "one_group",
            "running",
            "forbidden",
            "other",
        ]
    ]
    reason: NotRequired[str]
    cluster: NotRequired[
        Literal[
            "chemical", "agro_industrial", "light_industry", "pharma_medical", "medical_tourism", "urban_environment"
        ]
    ]
    region: NotRequired[str | None]


class ProjectNamed(TypedDict):
    """See the description of the API."""

    id: str


class ProjectPage(TypedDict):
    """See the description of the API."""

    id: str
    title: str
    query: NotRequired[dict[str, Any]]
    item: Project | None
    decision: dict[str, Any] | None
    evidence: dict[str, Any] | None
    changes: Any
    steps: list[dict[str, Any]]
    next: ProjectRef | None


class ProjectRef(TypedDict):
    """See the description of the API."""

    id: str
    title: str


class ProjectUndone(TypedDict):
    """See the description of the API."""

    id: str
    decision: str
    title: str | None


class Projects(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    items: list[Project]
    portfolio: NotRequired[Portfolio]


class Promised(TypedDict):
    """See the description of the API."""

    no: int
    name: str
    unit: str
    by: float
    low: float
    high: float
    target: float
    target_year: int
    projects: int


class Proposal(TypedDict):
    """See the description of the API."""

    okved_code: str
    name: str
    role: str
    demand_rub: float | None
    import_share: float | None


class Proposals(TypedDict):
    """See the description of the API."""

    items: list[Proposal]


class Question(TypedDict):
    """See the description of the API."""

    item: int
    name: str
    place: str
    missing: str
    told: dict[str, Any]
    rows: list[RowOfFile]
    decision: str
    candidates: list[NamingCandidate]
    rejected: list[str]


class QuestionPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Question]


class RankedItem(TypedDict):
    """See the description of the API."""

    was: NotRequired[int | None]
    now: NotRequired[int | None]
    moved_by: NotRequired[str | None]
    moved_by_log_odds: NotRequired[float | None]
    move: NotRequired[str]
    expected_value_rub: float | None
    expected_value_low_rub: float | None
    expected_value_high_rub: float | None
    inn: str
    name: str
    flags: list[Flag]
    role: Literal["maker", "service", "channel"]
    layer: Literal["current", "capital", "channel"]
    layers: Layers
    score: float
    probability: float
    calibrated: bool
    need_rub: float | None
    need_inputs: int
    distance_km: float | None
    link: Literal["observed", "inferred"]
    codes: list[PairCode]
    reasons: list[Reason]
    concentration: Concentration
    decision: str | None
    decided: Decided | None
    rank: int
    choice: float
    mutual: NotRequired[Standing | None]


class Reason(TypedDict):
    """See the description of the API."""

    part: str
    contribution: float
    text: str


class Refused(TypedDict):
    """See the description of the API."""

    row: NotRequired[int]
    line: int
    inn: str | None
    field: str
    value: str
    error: str
    cells: NotRequired[dict[str, str]]


class RefusedPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[Refused]


class Remark(TypedDict):
    """See the description of the API."""

    number: int
    kind: Literal["label", "unlabel", "note"]
    text: str
    by: str
    at: str
    undone: bool
    companies: int


class RemarkBody(TypedDict):
    """See the description of the API."""

    kind: Literal["label", "unlabel", "note"]
    text: str
    inns: NotRequired[list[str]]
    all: NotRequired[bool]


class Remarks(TypedDict):
    """See the description of the API."""

    labels: list[str]
    items: list[Remark]


class RenewBody(TypedDict):
    """See the description of the API."""

    days: NotRequired[int | None]


class RequestBody(TypedDict):
    """See the description of the API."""

    name: str
    inputs: list[InputBody]
    region: NotRequired[str | None]
    sme: NotRequired[bool]
    makers_only: NotRequired[bool]
    note: NotRequired[str]


class RequestChange(TypedDict):
    """See the description of the API."""

    name: NotRequired[str]
    inputs: NotRequired[list[InputBody]]
    region: NotRequired[str | None]
    sme: NotRequired[bool]
    makers_only: NotRequired[bool]
    note: NotRequired[str]


class RequestNews(TypedDict):
    """See the description of the API."""

    number: int
    version: int
    count: int
    inputs: list[InputNews]


class RequestShortlist(TypedDict):
    """See the description of the API."""

    number: int
    version: int
    state: Literal["open", "removed"]
    name: str
    buyer: Firm
    region: str | None
    sme: bool
    makers_only: bool
    note: str
    by: str
    at: str
    groups: list[InputGroup]
    leaders: list[Leader]


class Results(TypedDict):
    """See the description of the API."""

    since: str
    counts: Counts
    indicators: list[Promised]


class RowOfFile(TypedDict):
    """See the description of the API."""

    run: int
    file: str
    line: int


class Said(TypedDict):
    """See the description of the API."""

    value: Any
    source: str
    kind: str
    date: str
    run: int
    in_force: bool


class Scope(TypedDict):
    """See the description of the API."""

    scope: Literal["cluster", "core", "stage", "segment"]
    stage: str | None
    side: str | None
    segment: str | None
    segment_name: str | None
    firms: int
    legal_entities: int
    sole_traders: int
    without_figures: int
    measures: dict[str, Trend]
    structure: list[Structure]


class SegmentCount(TypedDict):
    """See the description of the API."""

    segment: str
    name: str
    stage: str
    firms: int


class Shortlist(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    query: NotRequired[dict[str, Any]]
    weights: Weights
    exposure: Exposure | None
    newcomer_chance: float | None
    stated: list[str]
    items: list[RankedItem]
    groups: list[Group]
    users: list[RankedItem]
    channels: list[RankedItem]
    partners: list[Partner]
    affiliates: list[Affiliate]
    near_misses: list[NearMiss]
    not_loaded: list[NotLoaded]
    left: NotRequired[list[Gone]]


class SingleSource(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    flags: list[Flag]
    share: float
    loss_low_rub: float | None
    loss_high_rub: float | None
    hit: list[Hit]


class Standing(TypedDict):
    """See the description of the API."""

    rank: int | None
    total: int


class Starter(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    flags: list[Flag]
    relatedness: float
    evidence: str


class Statement(TypedDict):
    """See the description of the API."""

    field: str
    year: int | None
    value: Any
    disputed: bool
    why: str
    said: list[Said]


class StepBody(TypedDict):
    """See the description of the API."""

    step: int


class Structure(TypedDict):
    """See the description of the API."""

    year: int
    firms: int
    sizes: list[StructureClass]
    ages: list[StructureClass]
    mean_age_years: float | None
    concentration: dict[str, Any]


class StructureClass(TypedDict):
    """See the description of the API."""

    firms: int
    firms_share: float | None
    revenue_rub: float | None
    revenue_rub_firms: int
    revenue_rub_share: float | None
    workers: float | None
    workers_firms: int
    workers_share: float | None


class SupplyRequest(TypedDict):
    """See the description of the API."""

    number: int
    version: int
    state: Literal["open", "removed"]
    name: str
    buyer: Firm
    region: str | None
    sme: bool
    makers_only: bool
    note: str
    by: str
    at: str
    inputs: list[WantedInput]


class SupplyRequestPage(TypedDict):
    """See the description of the API."""

    total: int
    next_cursor: str | None
    items: list[SupplyRequest]


class Surroundings(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    region_code: str
    suppliers: Candidates
    buyers: Candidates
    anchors: list[Anchor]
    gaps: NearGaps


class Token(TypedDict):
    """See the description of the API."""

    id: int
    name: str
    scopes: list[str]
    made_at: str


class TokenBody(TypedDict):
    """See the description of the API."""

    name: NotRequired[str]
    scopes: NotRequired[list[Literal["read", "decide", "import", "hooks", "admin", "write"]]]


class TokenMade(TypedDict):
    """See the description of the API."""

    id: int
    name: str
    scopes: list[str]
    made_at: str
    token: str | None


class Tokens(TypedDict):
    """See the description of the API."""

    items: list[Token]


class Told(TypedDict):
    """See the description of the API."""

    inn: str
    name: str
    text: str


class Town(TypedDict):
    """See the description of the API."""

    name: str
    region_code: str
    lat: float
    lon: float
    companies: int


class Trend(TypedDict):
    """See the description of the API."""

    unit: Literal["rub", "people", "share"]
    grows: bool
    years: list[MeasureYear]
    panels: list[Panel]
    whole: Panel | None


class TurnBody(TypedDict):
    """See the description of the API."""

    state: Literal["open", "removed", "back"]


class Understood(TypedDict):
    """See the description of the API."""

    text: str
    items: list[HeardActivity]
    unsure: bool


class UndoBody(TypedDict):
    """See the description of the API."""

    redo: NotRequired[bool]


class Versions(TypedDict):
    """See the description of the API."""

    items: list[SupplyRequest]


class View(TypedDict):
    """See the description of the API."""

    number: int
    name: str
    query: str
    at: str
    removed: bool


class ViewBody(TypedDict):
    """See the description of the API."""

    name: str
    query: NotRequired[str]


class Views(TypedDict):
    """See the description of the API."""

    items: list[View]


class WantedInput(TypedDict):
    """See the description of the API."""

    key: str
    okved_code: str | None
    name: str
    words: str
    price_rub: float | None
    volume: float | None
    unit: str
    spend_rub: float | None
    radius_km: float | None
    papers_wanted: list[str]
    note: str
    needed_by: str | None


class Way(TypedDict):
    """See the description of the API."""

    along: bool
    firms: list[Firm]
    steps: list[GraphLink]
    weakest_rub: float | None


class Webhook(TypedDict):
    """See the description of the API."""

    id: int
    url: str
    events: list[str]
    inn: str | None
    side: str | None
    made_at: str


class WebhookBody(TypedDict):
    """See the description of the API."""

    url: str
    events: list[
        Literal["decision.made", "project.decided", "introduction.changed", "import.finished", "candidates.new"]
    ]
    inn: NotRequired[str]
    side: NotRequired[Literal["suppliers", "buyers"]]


class WebhookList(TypedDict):
    """See the description of the API."""

    items: list[Webhook]


class WebhookMade(TypedDict):
    """See the description of the API."""

    id: int
    url: str
    events: list[str]
    inn: str | None
    side: str | None
    made_at: str
    secret: str


class Weights(TypedDict):
    """See the description of the API."""

    source: Literal["default", "learned"]
    cluster: str | None
    version: int | None
    calibrated: bool


class YearFigure(TypedDict):
    """See the description of the API."""

    name: str
    year: int
    value: float
