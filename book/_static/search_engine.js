// Searching, apart from the page that shows it: an index and a query go in; ranked pages with excerpts come out.
"use strict";

const SearchEngine = (() => {
  // What it counts to stand there. A heading counts more than any number of mentions; see scoreOf.
  const WORTH = { title: 16, taught: 12, heading: 11, bold: 5, text: 4, code: 1.5 };
  const KOREAN = "가-힣ㄱ-ㆎᄀ-ᇿ"; // syllables, and letters of a syllable half typed
  const WORD = new RegExp(`[${KOREAN}]+(?:-[${KOREAN}]+)*|(?:(?![${KOREAN}])[\\p{L}\\p{N}_])+(?:[.,]\\d+)*`, "gu");
  const isKorean = (word) => /^[가-힣]+$/.test(word);

  // What stands behind a noun: particles, and the verbs made of nouns.
  const ENDINGS = ("은 는 이 가 을 를 과 와 의 에 로 도 만 란 들 요 이란 으로 에서 에게 까지 부터 처럼 보다 이나 라는 라고 이라는 " +
    "인가요 인지 이에요 예요 이다 입니다 들이 들을 들의 에는 에서는 하기 하는 하면 하다 해요 하고 하려면 합니다 하나요 되나요 되는 된다 " +
    "시키기 시키는 이랑 랑 없이").split(" ").sort((a, b) => b.length - a.length);
  const STOP_WORDS = new Set(("이유 무엇 무엇인가요 뭐 뭐야 뭔가요 왜 어떻게 어떤 방법 하는 법 뜻 의미 이란 란 것 수 좀 대해 대한 에 " +
    "a an and are be by can do does for from how i in is it me my need of on or that the this to what when which why with you your").split(" "));

  const words = (text) => (text.normalize("NFC").toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll("-", ""));
  const squeeze = (name) => telling(words(name)).map(stem).join("");

  // Of a list of words, those that tell something; all, if none does.
  function telling(list) {
    const kept = list.filter((word) => !STOP_WORDS.has(word));
    return kept.length ? kept : list;
  }

  // An English word without the endings that come and go: normalization, normalized → normaliz.
  function stem(word) {
    if (!/^[a-z]+$/.test(word)) return word;
    return word.replace(/^(.{4,}?)(?:ations?|ing|ed|es|(?<!s)s|e)$/, "$1").replace(/(.{3,})([bdfgmnprt])\2$/, "$1$2");
  }

  // A Korean word and what it may be without the ending behind it.
  function withoutEndings(word) {
    const shorter = ENDINGS.filter((ending) => word.endsWith(ending) && word.length - ending.length > 1);
    return isKorean(word) ? [word, ...shorter.map((ending) => word.slice(0, -ending.length))] : [word];
  }

  // How a name may stand in a text, as the source of a regular expression. Korean: with anything before and behind it,
  // with or without spaces inside. English: with other endings.
  function pattern(name) {
    return words(name).map((word) => {
      if (isKorean(word)) {
        const gap = word.length > 2 ? "[\\s-]?" : "-?";
        return word.length > 1 ? [...word].join(gap) : `(?:(?<![가-힣])${word}|${word}(?![가-힣]))`;
      }
      const [start, end] = stem(word).length > 3 ? [stem(word), "[a-z]*"] : [word, "s?(?![a-z0-9])"];
      return `(?<![a-z0-9])${start.replaceAll(".", "\\.")}${/\d$/.test(word) ? "(?!\\d)" : end}`;
    }).join("[\\s_-]*");
  }
  const matcher = (names) =>
    new RegExp(names.map(pattern).filter(Boolean).sort((a, b) => b.length - a.length).join("|") || "(?!)", "giu");

  // The keys that type a word on a Korean keyboard: 학습 → gkrtmq. Slips, half-typed syllables, and words typed with the
  // keyboard in the wrong language are all near in keys.
  const FIRST = "r r s e e f a q q t t d w w c z x v g".split(" ");
  const VOWELS = "k o i o j p u p h hk ho hl y n nj np nl b m ml l".split(" ");
  const LAST = "r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g".split(" ");
  function keys(word) {
    return [...word.normalize("NFKD").toLowerCase()].map((letter) => {
      const code = letter.charCodeAt(0);
      return FIRST[code - 0x1100] ?? VOWELS[code - 0x1161] ?? LAST[code - 0x11a8] ?? letter;
    }).join("");
  }

  // Edit distance with swapped neighbours as one slip, or most + 1 if it is more than that.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, above] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, above] = [above, row];
    }
    return above[b.length];
  }
  const slips = (typed) => (typed.length < 5 ? 0 : typed.length < 9 ? 1 : 2);

  // What an index is asked again and again: which names there are, and which words.
  function prepare({ pages, terms }) {
    const named = new Map(); // a name, squeezed → the terms called so
    const vocabulary = new Map(); // a word → its rank: 0 for names, 1 in headings, 2 in texts
    const add = (word, rank) => word.length > 1 && !/\d/.test(word) && (vocabulary.has(word) || vocabulary.set(word, rank));
    for (const term of terms)
      for (const name of term.names) {
        named.set(squeeze(name), [...new Set([...(named.get(squeeze(name)) ?? []), term])]);
        add(name.toLowerCase(), 0);
      }
    const sections = pages.flatMap((page) => page.sections);
    for (const { heading } of sections) words(heading).forEach((word) => add(word, 1));
    for (const { text } of sections) words(text).forEach((word) => add(word, 2));
    const typed = [...vocabulary].map(([word, rank]) => ({ word, rank, keys: keys(words(word).join("")) }));
    const all = pages.map(({ sections }) => sections.map(({ heading, text, code }) => `${heading}\n${text}\n${code}`).join("\n"));
    const occurs = (word) => all.some((text) => matcher([word]).test(text));
    return { pages, named, typed, titled: typed.filter(({ rank }) => rank < 2), occurs };
  }

  // The words nearest to one that is nowhere, best first. The beginning of a word is nearer than a slip.
  function nearest(word, { typed }, most = slips(keys(word))) {
    const asked = keys(word);
    return typed
      .map((other) => {
        const begins = asked.length > 3 && other.keys.startsWith(asked);
        const far = begins ? Math.min(0.5, other.keys.length - asked.length) : distance(asked, other.keys, most);
        return { ...other, far };
      })
      .filter(({ far, keys }) => (far <= most || far === 0.5) && keys.length > 3 && asked.length > 3)
      .sort((a, b) => a.far - b.far || a.rank - b.rank || a.keys.length - b.keys.length)
      .map(({ word }) => (words(word).length > 1 ? word : withoutEndings(word).pop()))
      .filter((word, i, all) => all.indexOf(word) === i);
  }

  // What is looked for: terms of the glossary under all their names, or words.
  function parse(query, engine) {
    const found = { units: [], replaced: [], unknown: [] };
    const pending = telling(words(query));
    while (pending.length) {
      const term = longestName(pending, engine);
      if (term) {
        found.units.push(term);
        pending.splice(0, term.length);
      } else parseWord(pending.shift(), engine, pending, found);
    }
    return found;
  }

  // The longest name that a list of words begins with.
  function longestName(list, { named }) {
    for (let length = Math.min(4, list.length); length; length--) {
      const joined = list.slice(0, length).map(stem).join("");
      const typed = withoutEndings(joined).find((name) => named.has(name));
      if (typed) {
        const terms = named.get(typed);
        return { terms, length, names: [list.slice(0, length).join(" "), typed, ...terms.flatMap((term) => term.names)] };
      }
    }
  }

  // A word that is no name: as it is or without its ending, in parts, or the nearest.
  function parseWord(word, engine, pending, found) {
    const known = (part) => withoutEndings(part).reverse().find((each) => engine.named.has(each) || engine.occurs(each));
    const rest = (part) => known(part) || (part.length > 3 && known(part.slice(0, 2)) && rest(part.slice(2)));
    const whole = known(word);
    const cuts = isKorean(word) ? [...word].map((_, at) => word.length - at).filter((at) => at > 1 && word.length - at > 1) : [];
    const cut = !whole && cuts.find((at) => known(word.slice(0, at)) && rest(word.slice(at)));
    if (whole) found.units.push({ terms: [], names: [whole] });
    else if (cut) pending.unshift(word.slice(0, cut), word.slice(cut));
    else {
      const [near] = nearest(word, engine);
      if (near) {
        found.replaced.push([word, near]);
        pending.unshift(...words(near));
      } else found.unknown.push(word);
    }
  }

  // How much a section and a page say of what is looked for. Mentions add up, but to less than a heading.
  const count = (regex, text) => (text.match(regex) ?? []).length;
  const enough = (mentions, half) => mentions / (mentions + half);
  function scoreOf(page, { regex, terms, alone }) {
    const sections = page.sections.map((section, i) => {
      const [text, code] = [count(regex, section.text), count(regex, section.code)];
      const named = (section.heading.match(regex) ?? []).join("").length / section.heading.length;
      const inHeading = named > 0 && (i ? WORTH.heading : WORTH.title) + 3 * named;
      const bold = count(regex, section.bold) > 0 && WORTH.bold;
      return { text, code, special: inHeading + bold, score: inHeading + bold + WORTH.text * enough(text, 3) + WORTH.code * enough(code, 3) };
    });
    const sum = (part) => sections.reduce((total, section) => total + section[part], 0);
    const taught = terms.some((term) => term.taught === page.address) && WORTH.taught * (alone ? 1 : 0.7);
    const mentions = WORTH.text * enough(sum("text"), 8) + WORTH.code * enough(sum("code"), 8);
    return { sections, score: taught + Math.max(...sections.map(({ special }) => special)) + mentions };
  }

  // Pages with more of the words come first; rare words count more, and terms of the glossary more than others.
  function rank(pages, units) {
    const scores = units.map((unit) => pages.map((page) => scoreOf(page, unit)));
    const weights = scores.map((each, u) => {
      const rare = Math.log(1 + pages.length / each.filter(({ score }) => score).length);
      return units[u].extra ? 0.5 : units[u].terms.length ? 2 * rare : rare;
    });
    const share = (scored) => {
      const weighed = (some) => some.reduce((sum, each, u) => sum + (units[u].extra || !each ? 0 : weights[u]), 0);
      return weighed(scored.map(({ score }) => score)) / weighed(units.map(() => 1));
    };
    const total = (scored) => share(scored) * scored.reduce((sum, { score }, u) => sum + weights[u] * (score || 0), 0);
    const results = pages.map((page, p) => {
      const scored = scores.map((each) => each[p]);
      const inSections = page.sections.map((_, s) => total(scored.map(({ sections }) => sections[s])));
      const best = inSections.indexOf(Math.max(...inSections));
      return { page, section: page.sections[best], score: total(scored), share: share(scored) };
    });
    return results.filter(({ score, share }) => score && share > 0.3).sort((a, b) => b.score - a.score);
  }

  // A text in pieces, each with whether it is a match.
  function mark(text, regex) {
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(regex)) {
      if (match.index > end) pieces.push([text.slice(end, match.index), false]);
      pieces.push([match[0], true]);
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push([text.slice(end), false]);
    return pieces;
  }

  // Some 160 letters of a section, around as many different matches as there are close together.
  function excerpt({ text, code }, regex, length = 160) {
    const source = (text.search(regex) < 0 && code.search(regex) >= 0 ? code : text || code).replace(/\s+/g, " ");
    const matches = [...source.matchAll(regex)];
    const different = (match) => {
      const close = matches.filter(({ index }) => index >= match.index && index < match.index + length - 40);
      return new Set(close.map(([word]) => word.toLowerCase())).size;
    };
    const best = matches.reduce((best, match) => (different(match) > different(best) ? match : best), matches[0]);
    const from = best && best.index > 60 ? source.lastIndexOf(" ", best.index - 40) + 1 : 0;
    const to = from + length < source.length ? source.lastIndexOf(" ", from + length) : source.length;
    return [...(from ? [["… ", false]] : []), ...mark(source.slice(from, to), regex), ...(to < source.length ? [[" …", false]] : [])];
  }

  function find(query, engine) {
    const { units, replaced, unknown } = parse(query, engine);
    for (const unit of units) Object.assign(unit, { regex: matcher(unit.names), alone: units.length === 1 });
    const suggested = unknown.flatMap((word) => nearest(word, { typed: engine.titled }, Math.ceil(keys(word).length / 3)).slice(0, 5));
    const names = units.flatMap((unit) => unit.names);
    const whole = { terms: [], names: [query], regex: matcher([query]), extra: true };
    const asked = units.length > 1 && engine.pages.some((page) => scoreOf(page, whole).score) ? [...units, whole] : units;
    const regex = matcher(names);
    const results = units.length ? rank(engine.pages, asked.filter((unit) => engine.pages.some((page) => scoreOf(page, unit).score))) : [];
    return {
      terms: units.length === 1 ? units[0].terms : [], replaced, unknown, suggested,
      results: results.map(({ page, section }) => ({
        address: section === page.sections[0] ? page.address : `${page.address}#${section.anchor}`,
        title: mark(page.sections[0].heading, regex),
        heading: section === page.sections[0] ? [] : mark(section.heading, regex),
        excerpt: excerpt(section, regex),
      })),
    };
  }

  return { prepare, find, words, keys, distance, withoutEndings, mark };
})();
