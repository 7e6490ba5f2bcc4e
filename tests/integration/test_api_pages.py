"""The web pages: complete in two languages, readable by machines and people, safe, and honest when nothing is known."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

AZOT, ARNEST, STAVROLEN = "2631015563", "2631006752", "2624022320"

PAGES = [
    "/",
    "/companies",
    "/companies?region=26&stage=finished_product&text=а",
    f"/companies/{AZOT}",
    "/suppliers",
    f"/suppliers?inn={AZOT}",
    f"/suppliers?inn={AZOT}&region=26&sme=1&top=3",
    f"/suppliers?inn={AZOT}&flat=1&top=3",
    f"/suppliers?inn={AZOT}&certified=6&top=3",
    f"/suppliers?inn={AZOT}&certified=&top=3",
    f"/suppliers?inn={AZOT}&weights=distance%3D2&weights=gap%3D0.5&without=text_fit&radius=900&price=20.13%3D2&top=3",
    "/buyers",
    f"/buyers?inn={STAVROLEN}",
    "/buyers?text=полипропиленовые мешки и биг-бэги&home=26&city=Невинномысск&revenue_rub=50000000",
    "/buyers?okved=22.22&okved=13.92",
    "/sell",
    "/sell?text=полипропиленовые мешки и биг-бэги",
    f"/sell?inn={AZOT}",
    f"/sell/buyers?inn={STAVROLEN}",
    "/sell/buyers?text=полипропиленовые мешки&okved=22.22&okved=13.92&home=26&city=Невинномысск&sme=1",
    "/introductions",
    "/board",
    "/board?text=мешки&side=request&order=ending",
    f"/board/{AZOT}/offers",
    "/catalogue?region=26",
    "/catalogue?region=26&segment=fertilisers_pesticides",
    f"/catalogue/{AZOT}",
    "/requests",
    f"/requests/new?buyer={AZOT}",
    "/calls",
    f"/looks/{AZOT}",
    "/explain",
    f"/explain?supplier={STAVROLEN}&buyer={ARNEST}",
    "/gaps",
    "/gaps?cluster=chemical&region=26",
    f"/gaps?anchor={AZOT}",
    "/projects",
    "/projects?kind=joint_purchase&cluster=chemical&region=26",
    "/projects?cluster=chemical&region=26&portfolio=4&direction=С2–В4",
    "/chain",
    "/chain?cluster=agro_industrial&region=26",
    "/chain?region=26&segment=plastic_products&years=2012-2013",
    "/chain?cluster=agro_industrial&segment=plastic_products",
    "/chain?years=1999",
    "/chain?inside=1&region=26",
    "/chain/graph",
    "/chain/graph?region=26&firm=ставролен&zoom=50",
    f"/chain/graph?region=26&everything=1&firm={AZOT}&to={STAVROLEN}&top=20",
    "/chain/graph?region=26&everything=1&firm=завод",
    "/chain/graph?region=26&firm=нет такой фирмы",
    "/chain/structure?region=26",
    "/chain/structure?region=26&everything=1",
    "/chain/flow?source=plastics_resins&target=plastic_products",
    "/chain/flow?region=26&source=fertilisers_pesticides&target=beyond",
    "/chain/flow?region=26&source=others&target=cosmetics_perfumery",
    "/api/v1/",
]

REFUSED = [
    ("/suppliers?inn=123", 400),
    ("/suppliers?inn=2631015564", 400),
    ("/suppliers?inn=7707083893", 404),
    ("/companies/7707083893", 404),
    ("/companies/abc", 400),
    (f"/suppliers?inn={AZOT}&top=9999", 400),
    (f"/suppliers?inn={AZOT}&region=00", 400),
    (f"/suppliers?inn={AZOT}&certified=-1", 400),
    ("/buyers?okved=99.98", 400),
    ("/sell?inn=123", 400),
    ("/sell/buyers?text=мешки&confirmed=1", 400),
    ("/gaps?cluster=nonsense", 400),
    ("/chain?years=soon", 400),
    ("/catalogue?segment=nonsense", 400),
    ("/chain/graph?region=00", 400),
    ("/chain/graph?zoom=1000", 400),
    ("/chain/structure?cluster=nonsense", 400),
    ("/chain/flow?source=plastics_resins", 400),
    ("/chain/flow?source=plastics_resins&target=nonsense", 400),
    ("/chain/flow?source=others&target=beyond", 400),
    ("/companies?stage=nonsense", 400),
    (f"/explain?supplier={AZOT}&buyer={AZOT}", 400),
    (f"/explain?supplier={AZOT}", 400),
    ("/no-such-page", 404),
]


class Reader(HTMLParser):
    """Notes what a page is made of, and elements that are not closed in order."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self, page):
        super().__init__()
        self.found, self.open, self.crossed, self.words = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(name for name, _ in self.open)))
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(name for name, _ in self.open)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.crossed.append(tag)
            return
        self.open.pop()

    def handle_data(self, data):
        self.words.append((data, [attrs for _, attrs in self.open]))

    def all(self, *tags):
        return [(tag, attrs, above) for tag, attrs, above in self.found if tag in tags]


def scripts_of_others(html):
    """Return the scripts of a page that are not files of this site, with what they say."""
    return re.findall(r'<script(?! src="/static/[\w./-]+\?v=[0-9a-f]{10}" defer></script>).*?>.*', html)


@pytest.fixture(params=["ru", "en"])
def lang(request):
    return request.param


def page_of(client, path, lang):
    answer = client.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_whole(demo, path, lang):
    read = Reader(page_of(demo, path, lang))
    assert read.crossed == []
    assert read.open == []
    assert read.all("html")[0][1]["lang"] == lang
    assert len(read.all("h1")) == 1
    assert len(read.all("main")) == 1
    ids = [attrs["id"] for _, attrs, _ in read.found if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_can_be_used_without_seeing_it(demo, path, lang):
    read = Reader(page_of(demo, path, lang))
    assert read.all("a")[0][1] == {"class": "skip", "href": "#main"}
    labelled = {attrs.get("for") for _, attrs, _ in read.all("label")}
    for tag, attrs, above in read.all("input", "select", "textarea"):
        labels = attrs.get("id") in labelled or "label" in above or "aria-label" in attrs
        assert labels or attrs.get("type") == "hidden", (tag, attrs)
    tables, captions = len(read.all("table")), len(read.all("caption"))
    assert tables == captions
    assert all("scope" in attrs for _, attrs, _ in read.all("th"))
    assert all(attrs.get("aria-hidden") or attrs.get("aria-label") for _, attrs, _ in read.all("svg"))
    named = {attrs["id"] for _, attrs, _ in read.found if "id" in attrs}
    for _, attrs, _ in read.found:
        for reference in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(reference, next(iter(named))) in named


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_and_loads_nothing_but_files_of_this_site(demo, path):
    read = Reader(page_of(demo, path, "ru"))
    assert read.all("iframe", "object", "embed", "style") == []
    assert scripts_of_others(page_of(demo, path, "ru")) == []
    for _, attrs, _ in read.found:
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action"):
            assert not (attrs.get(name) or "").startswith(("http", "//", "javascript:"))


@pytest.mark.parametrize("path", [*PAGES, "/no-such-page", "/api/v1/coverage", "/static/zveno.css"])
def test_every_answer_carries_the_headers_of_safety(demo, path):
    with demo.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_links_of_a_page_lead_to_pages(demo, demo_app, path):
    adapter = demo_app.url_map.bind("localhost")
    for _, attrs, _ in Reader(page_of(demo, path, "ru")).all("a"):
        if attrs["href"].startswith("/"):
            adapter.match(attrs["href"].split("?")[0])


@pytest.mark.parametrize(("path", "status"), REFUSED)
def test_an_error_is_a_page_that_says_what_to_do(demo, path, status, lang):
    answer = demo.get(path, headers={"Accept-Language": lang})
    assert answer.status_code == status
    read = Reader(answer.text)
    assert read.crossed == []
    assert read.all("html")[0][1]["lang"] == lang
    assert "Traceback" not in answer.text
    assert any(attrs.get("class") == "lead" for _, attrs, _ in read.found), "a hint"


def test_a_form_keeps_what_was_asked(demo):
    page = page_of(demo, f"/suppliers?inn={AZOT}&region=26&sme=1&top=7", "ru")
    assert f'value="{AZOT}"' in page
    assert 'value="26" selected' in page
    assert re.search(r'name="sme" value="1" checked', page)
    assert 'max="200" value="7"' in page


def headings(page: str) -> list[str]:
    return [attrs["id"] for tag, attrs, _ in Reader(page).all("h2", "h3") if "id" in attrs]


def test_suppliers_stand_by_input_unless_one_list_is_asked_for(demo, lang):
    found = demo.get(f"/api/v1/suppliers?inn={AZOT}&lang={lang}").json
    grouped = page_of(demo, f"/suppliers?inn={AZOT}", lang)
    assert [name for name in headings(grouped) if name.startswith("input-")] == [
        f"input-{number}" for number, _ in enumerate(found["groups"], start=1)
    ]
    assert "channels" in headings(grouped)
    named = re.findall(r"/explain\?supplier=(\d+)", grouped)
    assert named == [
        item["inn"] for group in [*found["groups"], {"items": found["channels"]}] for item in group["items"]
    ]
    flat = page_of(demo, f"/suppliers?inn={AZOT}&flat=1", lang)
    assert "groups" not in headings(flat)
    assert re.findall(r"/explain\?supplier=(\d+)", flat) == [item["inn"] for item in found["items"]]


def switch_of_layout(page: str) -> str:
    """Return where the other layout of a list is."""
    links = [attrs["href"] for _, attrs, above in Reader(page).all("a") if above[-1] == "nav" and "lang" not in attrs]
    return next(link for link in links if link.startswith("/suppliers?"))


def test_the_switch_of_the_layout_keeps_what_was_asked(demo):
    there = switch_of_layout(page_of(demo, f"/suppliers?inn={AZOT}&region=26&makers_only=1", "ru"))
    assert {"flat=1", "region=26", "makers_only=1"} <= set(there.partition("?")[2].split("&"))
    back = switch_of_layout(page_of(demo, there, "ru"))
    assert "flat" not in back
    assert "region=26" in back


def test_a_changed_list_is_one_list_with_moves_and_keeps_every_change(demo, lang):
    asked = f"inn={AZOT}&weights=distance=2&weights=gap=0.5&without=text_fit&top=5"
    page = page_of(demo, f"/suppliers?{asked}", lang)
    assert "groups" not in headings(page)
    for item in demo.get(f"/api/v1/suppliers?{asked}&lang={lang}").json["items"]:
        assert item["move"] in page
    chosen = [attrs["value"] for _, attrs, _ in Reader(page).all("option") if "selected" in attrs]
    assert {"distance=2", "gap=0.5", "text_fit"} <= set(chosen)


def test_a_candidate_says_where_the_asker_stands_on_its_own_list_when_asked(demo):
    item = demo.get(f"/api/v1/suppliers?inn={AZOT}&mutual=1&top=1&lang=en").json["items"][0]
    assert f"number {item['mutual']['rank']} of" in page_of(demo, f"/suppliers?inn={AZOT}&mutual=1&flat=1&top=1", "en")


def test_the_page_of_suppliers_is_light(demo, lang):
    for layout in ("", "&flat=1"):
        assert len(page_of(demo, f"/suppliers?inn={AZOT}{layout}", lang).encode()) < 150_000


def test_the_bars_of_a_score_show_its_contributions(demo):
    from api.formats import signed

    page = page_of(demo, f"/suppliers?inn={AZOT}&top=1&flat=1", "en")
    item = demo.get(f"/api/v1/suppliers?inn={AZOT}&top=1&lang=en").json["items"][0]
    drawn = re.findall(r'<td class="number">([^<]+)</td>', page.split('class="points"')[1].split("</table>")[0])
    assert drawn == [signed(reason["contribution"], "en") for reason in item["reasons"]] + [signed(item["score"], "en")]


def test_the_first_page_says_what_is_known_and_what_is_not(demo, lang):
    page = page_of(demo, "/", lang)
    for inn in (AZOT, ARNEST, STAVROLEN):
        assert f"/suppliers?inn={inn}" in page
    assert "391" in page, "companies of the cluster's core in the programme"
    assert "supplier_inn, buyer_inn" in page, "how to add observed links"
    assert any("/sell" in attrs["action"] for _, attrs, _ in Reader(page).all("form"))


@pytest.mark.parametrize(
    ("query", "cookie", "header", "expected"),
    [
        ("en", "ru", "ru", "en"),
        ("", "ru", "en", "ru"),
        ("", "", "de, en;q=0.8, ru;q=0.2", "en"),
        ("", "", "de", "en"),
        ("xx", "yy", "ru", "ru"),
    ],
)
def test_language_is_asked_for_then_remembered_then_the_browsers_then_the_default(
    demo_app, query, cookie, header, expected
):
    client = demo_app.test_client()
    if cookie:
        client.set_cookie("lang", cookie)
    answer = client.get(f"/chain?lang={query}", headers={"Accept-Language": header})
    assert Reader(answer.text).all("html")[0][1]["lang"] == expected
    assert answer.headers["Content-Language"] == expected


def test_a_language_asked_for_is_remembered(demo_app):
    client = demo_app.test_client()
    client.get("/chain?lang=ru", headers={"Accept-Language": "en"})
    assert 'lang="ru"' in client.get("/gaps", headers={"Accept-Language": "en"}).text


def test_the_language_switch_keeps_the_page(demo):
    page = page_of(demo, f"/suppliers?inn={AZOT}&region=26", "ru")
    other = next(attrs["href"] for _, attrs, _ in Reader(page).all("a") if attrs.get("hreflang") == "en")
    assert demo.get(other).status_code == 200
    assert f"inn={AZOT}" in other
    assert "region=26" in other


@pytest.mark.parametrize(
    "path",
    ["/", "/companies", f"/companies/{AZOT}", f"/suppliers?inn={ARNEST}", f"/buyers?inn={AZOT}", "/gaps", "/projects",
     f"/suppliers?inn={AZOT}", "/buyers?text=<script>1</script> удобрения", "/companies?text=<script>1</script>"],
)  # fmt: skip
def test_a_name_is_text_whatever_it_says(small, path):
    answer = small.get(path)
    assert answer.status_code == 200, answer.text
    assert scripts_of_others(answer.text) == []


def test_the_name_is_shown_all_the_same(small):
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; «Азот»" in small.get(f"/companies/{AZOT}").text


def test_an_error_echoes_a_parameter_as_text(demo):
    assert scripts_of_others(demo.get("/suppliers?inn=<script>alert(1)</script>").text) == []
    assert scripts_of_others(demo.get("/companies?stage=<script>alert(1)</script>").text) == []


def test_an_empty_register_greets_and_says_how_to_begin(empty, lang):
    page = page_of(empty, "/", lang)
    assert "zveno demo" in page
    assert "zveno import" in page
    assert Reader(page).all("html")[0][1]["lang"] == lang


@pytest.mark.parametrize("path", ["/companies", "/suppliers", "/buyers?text=мешки", "/gaps", "/projects", "/chain"])
def test_every_page_of_an_empty_register_says_how_to_begin(empty, path, lang):
    assert "zveno demo" in page_of(empty, path, lang)


def test_an_unknown_company_of_an_empty_register_is_simply_unknown(empty):
    assert empty.get(f"/suppliers?inn={AZOT}").status_code == 404
    assert empty.get(f"/api/v1/suppliers?inn={AZOT}").json["error"]["code"] == "unknown_company"


def test_a_database_that_cannot_be_used_is_told(tmp_path):
    from api.app import create_app
    from models.settings import Settings

    (tmp_path / "zveno.db").write_bytes(b"no database at all, only a line of text\n" * 40)
    settings = Settings.read({}, db=f"sqlite:///{tmp_path / 'zveno.db'}", lang="en")
    client = create_app(settings).test_client()
    answer = client.get("/chain")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert client.get("/api/v1/chain").json["error"]["code"] == "storage"
