"""The search as people type: in a real browser, on pages opened from disk."""

import re
import unicodedata
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

# The page that beginners should find among the first three, and what they type: it goes by its name without its number;
# see page_name.
KOREAN = """
overfitting: 과적합, 과대적합, 오버피팅, 과적한, 과적합 해결 방법, rhkwjrgkq, 과소적합, 드롭아웃, 드랍아웃
overfitting: 조기종료, 조기 종료, 데이터증강, 가중치감쇠
normalize: 규제, 정칙화, 정규화하는 이유, 255로 나누기, 전처리
build_mlp: 소프트맥스, 소프트멕스, 소프트맥ㅅ, 소프트맥스함수, 활성화함수, 활성화 함수란?, RELU, 히든레이어
build_mlp: 뉴런, 노드, 로짓, 내적, 행렬 곱셈, 하이퍼파라미터, 초매개변수, 텐서플로우, 다층퍼셉트론
build_mlp: 파라미터 개수 세기, 편향이 뭔가요, 층을 쌓는 법, 배치크기
learn_by_hand: 손실함수, 손실 함수, 교차엔트로피, 교차 앤트로피, 미니배치, 에폭, 에포크가 뭐야?, 경사하강법
learn_by_hand: 경사 하강법, 확률적 경사하강법, 기울기, 학습률이란, 러닝레이트, 소프트맥스 회귀, 로지스틱 회귀
learn_by_hand: 훈련 루프
train: 학습을, 신경망을 훈련하는 방법, 정확도 그래프, 검증세트는 왜 필요한가요, 옵티마이저, 아담, 콜백, 표준오차
train: 유의성, 검정력
what_each_step_is_worth: 단계마다 효과
beyond_99: 99% 넘기, 원사이클, 기울기 보정
flatten: 이미지 펼치기
convolution: 합성곱 신경망, 합성곱, 컨볼루션, CNN, 필터, 커널, 특성 맵, 풀링, 맥스풀링, 채널, 패딩, 수용 영역
one_hot: 원핫인코딩, 선형모델, 최소제곱, 중앙값
meet_mnist: 머신러닝, 기계학습, 딥러닝, 브로드캐스팅, 일반화, 라벨, 넘파이, 데이터 불러오기, uint8 오버플로
mistakes: 혼동행렬, 확신도, 캘리브레이션, 레이블이 틀린 이미지
draw: 손글씨 숫자 그리기
backpropagation: 오차역전파
speed: 속도 비교
references: 참고문헌
index: 코랩 설치
"""
ENGLISH = """
overfitting: overfitting, overfiting, OVERFIT, how to prevent overfitting, ㅐㅍㄷㄱ럇샤ㅜㅎ, underfitting
overfitting: dropout, droput, drop out, earlystopping, data augmentation, L2 regularization, learning curve
normalize: regularization, random seed, normalization, why divide by 255, preprocessing
build_mlp: softmax, sofmax, soft max, activation functions, what is relu, hidden layer, MLP, neuron, logits
build_mlp: dot product, matrix multiplication, hyperparameters, tensorflow, number of parameters, bias
build_mlp: batch size
learn_by_hand: loss function, crossentropy, cross entropy, minibatch, what is an epoch, gradient descent
learn_by_hand: gradiant descent, SGD, learning rate, lr, slope, softmax regression, logistic regression
learn_by_hand: training loop
train: validation data, why do I need a validation set, accuracy curve, train a network, adam optimizer
train: callback, standard error, statistical significance, power
what_each_step_is_worth: what each step is worth
beyond_99: one cycle, deskew, beyond 99%
flatten: flatten image, reshape
convolution: CNN, convolution, convnet, kernel, filter, max pooling, feature map, padding, receptive field
one_hot: onehot, one hot encoding, to_categorical, linear model, least squares
meet_mnist: machine learning, deep learning, broadcasting, generalization, numpy, load mnist data
meet_mnist: uint8 overflow
mistakes: confusion matirx, confidence, calibration, wrong labels
draw: draw my own digit
backpropagation: backprop
speed: speed benchmark
references: references
index: how to install on colab
"""
TABLES = {"ko": KOREAN, "en": ENGLISH}
MOST_MISSES = 3
BOOK = Path(__file__).parents[2] / "book"

each_language = pytest.mark.parametrize("language", TABLES)


def queries(language):
    lines = [line.split(": ") for line in TABLES[language].split("\n") if line]
    return [(query, page) for page, asked in lines for query in asked.split(", ")]


def page_name(address):
    """Return a page's name without its number: overfitting for book/ko/09_overfitting.html#dropout."""
    return re.sub(r"^(\d\d|a\d)_", "", Path(address.split("#")[0]).stem)


@pytest.fixture
def search(page, disk):
    """Return a function that types a query into a search page, and returns the addresses it shows, best first."""

    def typed(query, name):
        if Path(page.url.split("?")[0]).name != name:
            page.goto(disk + name)
        page.locator("main input[name=q]").fill(query)
        links = page.locator("#search-results ol a")
        return links.evaluate_all("links => links.map((link) => link.getAttribute('href'))")

    return lambda query, language: typed(query, f"search_{language}.html" if language else "search.html")


@each_language
def test_what_beginners_type_leads_to_the_page_that_tells_it(search, language):
    asked = queries(language)
    assert len(asked) == len(dict(asked)) > 80
    found = {query: [page_name(each) for each in search(query, language)[:3]] for query, _ in asked}
    misses = {query: (page, found[query]) for query, page in asked if page not in found[query]}
    assert len(misses) <= MOST_MISSES, misses


@each_language
def test_decomposed_and_capital_letters_find_the_same(search, language):
    """Some systems write Hangul in letters, as macOS does in names of files; and some people shout."""
    for query, _ in queries(language)[::6]:
        expected = search(query, language)
        assert search(unicodedata.normalize("NFD", query), language) == expected
        assert search(query.upper(), language) == expected


@pytest.mark.parametrize(
    "query",
    ["학습", "과적합", "원핫", "정규화", "검증", "배치", "층", "훈련 정규화", "그림판을", "overfitting", "one-hot"],
)
def test_every_chapter_that_has_the_words_is_found(search, query):
    """Also with something behind them or inside another word."""
    language = "ko" if re.search("[가-힣]", query) else "en"
    words = [word.replace("-", "").removesuffix("을") for word in query.split()]
    expected = set()
    for chapter in (BOOK / language).glob("[01a]*.ipynb"):
        cells = nbformat.read(chapter, as_version=4).cells
        prose = " ".join(cell.source for cell in cells if "check" not in cell.metadata.get("tags", []))
        text = re.sub(r"\]\([^)]*\)|-", "", prose).lower()
        if all(word in text for word in words):
            expected.add(page_name(chapter.name))
    assert expected
    assert expected <= {page_name(each) for each in search(query, language)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("활성화함수", "활성화 함수"),
        ("손실함수", "손실 함수"),
        ("배치크기", "배치 크기"),
        ("교차엔트로피", "교차 엔트로피"),
        ("혼동행렬", "혼동 행렬"),
        ("조기종료", "조기 종료"),
        ("원핫", "원-핫"),
        ("손글씨숫자그리기", "손글씨 숫자 그리기"),  # no term: its parts are known
        ("학습", "학습을"),
        ("과적합", "과적합이란 무엇인가요?"),
        ("crossentropy", "cross-entropy"),
        ("epoch", "epochs"),
    ],
)
def test_spaces_hyphens_and_endings_do_not_matter(search, one, other):
    language = "ko" if re.search("[가-힣]", one) else "en"
    assert search(one, language) == search(other, language) != []


@pytest.fixture
def found_by_name(page, disk):
    """Return a function that gives, for every name of every term, what the search finds by it."""

    def find(language):
        page.goto(f"{disk}search_{language}.html")
        return page.evaluate(
            """language => searchIndexes[language].terms.flatMap((term) => term.names.map((name) => {
                 const { terms, results } = SearchEngine.find(name, engines[0]);
                 const named = ({ title, heading }) => [...title, ...heading].some(([, match]) => match);
                 const pages = results.map((each) => [each.address.split("#")[0], named(each)]);
                 return { term, name, defined: terms.map(({ address }) => address), pages };
               }))""",
            language,
        )

    return find


@each_language
def test_every_name_of_a_term_leads_to_the_page_that_teaches_it(found_by_name, language):
    """In either language, whichever edition is searched; and its definition is shown."""
    found = found_by_name(language)
    assert len(found) > 300
    for each in found:
        assert each["term"]["address"] in each["defined"], each["name"]
        assert each["term"]["taught"] in [page for page, _ in each["pages"][:4]], each["name"]
    assert {"CNN", "딥러닝", "경사하강", "넘파이", "미니배치", "코랩", "install"} <= {each["name"] for each in found}


@each_language
def test_a_chapter_with_the_word_in_a_heading_stands_before_an_appendix_that_mentions_it(found_by_name, language):
    tried = 0
    for each in found_by_name(language):
        pages = list(enumerate(each["pages"]))
        chapters = [place for place, (page, named) in pages if named and re.search(r"/\d\d_", page)]
        mentions = [
            place
            for place, (page, named) in pages
            if not named and re.search(r"/a\d_", page) and page != each["term"]["taught"]
        ]
        if mentions and chapters:
            tried += 1
            assert max(chapters) < min(mentions), each
    assert tried > 10


@each_language
def test_an_edition_finds_its_own_pages(search, language):
    for query in ("MNIST", "softmax", "소프트맥스"):
        assert {each.split("/")[1] for each in search(query, language)} <= {language, "index.html"}


def test_the_page_for_both_languages_shows_the_readers_own_first(page, search):
    for language in TABLES:
        search("", language)
        page.evaluate("language => localStorage.setItem('language', language)", language)
        found = [each.split("/")[1] for each in search("softmax", None)]
        others = [each not in (language, "index.html") for each in found]
        assert len(set(found)) > 1
        assert others == sorted(others)
        search("", language)


def test_matches_are_marked_where_they_stand(page, search):
    search("조기종료", "ko")
    first = page.locator("#search-results ol li").first
    assert first.locator("a mark").inner_text() == "조기 종료"
    assert "조기 종료" in first.locator("p mark").all_inner_texts()
    page.locator("#search-results ol a").first.click()
    page.wait_for_url("**#early-stopping")
    assert page.locator("section#early-stopping h3").is_visible()


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("과적한", "과적합"), ("소프트멕스", "소프트맥스"), ("sofmax", "softmax"), ("droput", "dropout")],
)
def test_a_slip_finds_the_nearest_word_and_says_so(page, search, slip, meant):
    language = "ko" if re.search("[가-힣]", slip) else "en"
    assert search(slip, language) == search(meant, language)
    search(slip, language)
    said = page.get_by_role("status").inner_text()
    assert slip in said
    assert meant in said


def test_nothing_found_is_said_in_plain_words_with_ways_on(page, search):
    assert search("블록체인", "ko") == []
    assert page.get_by_role("status").inner_text() == "‘블록체인’에 관한 내용은 이 책에 없습니다."
    assert search("cryptocurrency", "en") == []
    assert page.get_by_role("status").inner_text() == "The book has nothing about “cryptocurrency”."
    assert search("reguulalizzation", "en") == []  # too many slips to go on without asking
    page.get_by_role("link", name="regularization", exact=True).click()
    page.wait_for_url("**?q=regularization")
    assert page.locator(".search-term a").inner_text() == "regularization (규제)"
    search("블록체인", "ko")
    page.get_by_role("link", name="용어집에서 모든 용어 보기").click()
    page.wait_for_url("**/ko/glossary.html")


def test_while_it_is_typed(page, search):
    """Every syllable on the way, half typed, finds something from the third letter on; an empty field, nothing."""
    for typed in ("과ㅈ", "과저", "과적", "과적ㅎ", "과적하", "과적합"):
        assert page_name(search(typed, "ko")[0]) == "overfitting", typed
    assert search("", "ko") == []
    assert page.locator("#search-results").inner_text() == ""
    for typed in ("ㄱ", "?", "<b>&\"'", "a" * 300, "0", ".", "[(*"):
        search(typed, "ko")


def test_keys_lead_to_the_field(page, disk):
    page.goto(disk + "book/ko/03_flatten.html")
    for key in ("Control+k", "/"):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.name") == "q", key
    page.keyboard.type("a/b")  # in the field, / is a letter
    assert page.locator("input[name=q]").input_value() == "a/b"
    page.set_viewport_size({"width": 390, "height": 844})  # where the field is in the closed menu
    page.locator("input[name=q]").wait_for(state="hidden")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.wait_for_url("**/search_ko.html")
    assert page.evaluate("document.activeElement.name") == "q"


@each_language
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_on_a_phone_can_be_read(page, language, scheme):
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    for query in ("droput", "reshape"):
        page.goto(f"search_{language}.html?q={query}")
        assert page.locator("#search-results ol a").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        options = {"resultTypes": ["violations"]}
        assert Axe().run(page, "main", options).response["violations"] == []


@each_language
def test_chapters_lead_to_the_glossary_where_they_explain_a_term(site, language):
    linked = {}
    for file in (site / "book" / language).glob("*.html"):
        found = re.findall(r'<strong><a [^>]*href="glossary\.html#([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
        assert len(found) == len(set(found)), "the first time only"
        linked[page_name(file.name)] = set(found)
    assert {"loss", "gradient", "epoch"} <= linked["learn_by_hand"]
    assert {"validation-set", "standard-error"} <= linked["train"]
    assert "confusion-matrix" in linked["mistakes"]
    assert not linked["glossary"]
    assert len(set().union(*linked.values())) > 40
    rows = re.findall(
        r'<tr [^>]*id="([a-z0-9-]+)"', (site / f"book/{language}/glossary.html").read_text(encoding="utf-8")
    )
    assert set().union(*linked.values()) <= set(rows)
