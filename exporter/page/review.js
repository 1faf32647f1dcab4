"use strict";
// Search, filters, what is known of a figure, light and dark. The page is whole without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  let facts = null;
  let opener = null;

  // --- light, dark, print
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const named = () => { $("theme").textContent = dark() ? "Light" : "Dark"; };
  $("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; named(); });
  $("print").addEventListener("click", () => print());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", named);
  addEventListener("beforeprint", () => { for (const text of document.querySelectorAll("details")) text.open = true; });
  named();

  // --- search and filters
  const index = [...document.querySelectorAll("section.subject")].map((section) => ({
    section,
    link: document.querySelector(`nav a[href="#${section.querySelector("h3").id}"]`).parentElement,
    title: section.querySelector("h3").textContent,
    tables: [...section.querySelectorAll("table.figures")].map((table) => ({
      frame: table.parentElement,
      groups: [...table.tBodies].map((body) => {
        const all = [...body.rows];
        const title = body.querySelector("tr.group");
        return {
          body,
          headings: all.filter((row) => row.className === "heading"),
          rows: all.filter((row) => row.classList.contains("row")).map((row) => ({
            row,
            kinds: (row.querySelector(".mark") ? " finding" : "") + (row.querySelector(".was") ? " was" : "")
              + (row.classList.contains("large") ? " large" : "") + (row.classList.contains("number") ? " number" : " words"),
            text: `${row.textContent} ${title ? title.textContent : ""}`.toLowerCase(),
          })),
        };
      }),
    })),
  }));
  const total = index.reduce((sum, subject) => sum + subject.tables.reduce((rows, table) => rows + table.groups.reduce((n, group) => n + group.rows.length, 0), 0), 0);

  const filter = () => {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = $("show").value;
    const all = !words.length && !kind;
    let shown = 0;
    for (const subject of index) {
      const title = subject.title.toLowerCase();
      const open = words.filter((word) => !title.includes(word));
      let inSubject = 0;
      for (const table of subject.tables) {
        let inTable = 0;
        for (const group of table.groups) {
          let inGroup = 0;
          for (const line of group.rows) {
            const fits = all || ((!kind || line.kinds.includes(` ${kind}`)) && open.every((word) => line.text.includes(word)));
            if (line.row.hidden === fits) line.row.hidden = !fits;
            if (fits) inGroup += 1;
          }
          for (const heading of group.headings) heading.hidden = !all;
          if (group.body.hidden === inGroup > 0) group.body.hidden = !inGroup;
          inTable += inGroup;
        }
        if (table.frame.hidden === inTable > 0) table.frame.hidden = !inTable;
        inSubject += inTable;
      }
      for (const chart of subject.section.querySelectorAll(".chart")) chart.hidden = !all;
      subject.section.hidden = !inSubject;
      subject.link.hidden = !inSubject;
      shown += inSubject;
    }
    for (const part of document.querySelectorAll("section.part")) part.hidden = ![...part.querySelectorAll("section.subject")].some((section) => !section.hidden);
    $("matches").textContent = all ? `${total.toLocaleString("en")} lines` : `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} lines`;
  };
  let waiting = 0;
  $("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
  $("show").addEventListener("change", filter);
  $("names").addEventListener("change", (event) => root.classList.toggle("names", event.target.checked));
  $("search").addEventListener("submit", (event) => event.preventDefault());
  for (const id of ["search", "theme", "print"]) $(id).hidden = false;
  filter();

  // --- what is known of a figure
  const line = (list, name, ...values) => {
    const shown = values.filter((value) => value !== undefined && value !== "");
    if (!shown.length) return;
    const term = document.createElement("dt");
    term.textContent = name;
    list.append(term);
    for (const value of shown) {
      const text = document.createElement("dd");
      text.append(value);
      list.append(text);
    }
  };
  const link = (href, text) => {
    const element = document.createElement("a");
    element.href = href;
    element.textContent = text;
    return element;
  };
  const open = (number, from) => {
    facts ??= JSON.parse($("data").textContent);
    const fact = facts[number];
    const list = $("detail-list");
    list.replaceChildren();
    $("detail-title").textContent = fact.label;
    line(list, "Value", fact.value);
    line(list, "In the document", fact.document);
    line(list, "Unit", fact.unit);
    line(list, "Accuracy", fact.accuracy);
    line(list, "Period", fact.period);
    line(list, "Dimensions", ...(fact.dimensions ?? []));
    line(list, "Language", fact.language);
    line(list, "Other filing", [fact.change, fact.other].filter(Boolean).join(", was "));
    for (const source of fact.sources ?? []) {
      line(list, "Stated by", source.item);
      line(list, "As written", source.written);
      line(list, "Source", source.anchor ? link(`#${source.anchor}`, source.at) : source.at);
    }
    line(list, "Concept", fact.concept);
    line(list, "Meaning", fact.documentation);
    line(list, "Fact", fact.id);
    line(list, "Notes", ...(fact.notes ?? []).map((note) => link(`#note-${note}`, `Note ${note}`)));
    line(list, "Findings", ...(fact.findings ?? []).map((finding) => link(`#finding-${finding + 1}`, `Finding ${finding + 1}`)));
    line(list, "Figure", link(`#f${number}`, "Show where it stands"));
    for (const marked of document.querySelectorAll(".current")) marked.classList.remove("current");
    $(`f${number}`)?.classList.add("current");
    opener = from;
    $("detail").hidden = false;
    $("detail").scrollTop = 0;
    $("detail").focus({ preventScroll: true });
  };
  const close = () => {
    if ($("detail").hidden) return;
    $("detail").hidden = true;
    opener?.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const figure = event.target.closest("a[data-f]");
    if (!figure || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(Number(figure.dataset.f), figure);
  });
  $("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "/" && !event.ctrlKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      $("q").focus();
    }
  });
})();
