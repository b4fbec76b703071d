// The page's own script. Everything from papers, people and models is put in with textContent: it is text, never HTML.
const paperchat = (() => {
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const button = (text, label, onclick, extra = {}) =>
    el("button", { type: "button", class: "pc-action", "aria-label": label, title: label, onclick, ...extra }, text);

  const say = (text) => {
    const live = document.getElementById("pc-live");
    if (live) live.textContent = text;
  };

  const cite = (turn, n, start) => window.dispatchEvent(new CustomEvent("paperchat:cite", { detail: { turn, n, start } }));

  async function copy(text, source) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = el("textarea", { class: "pc-offscreen" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = source.textContent;
    source.textContent = "Copied";
    say("Copied");
    setTimeout(() => (source.textContent = before), 1500);
  }

  // ---- header -------------------------------------------------------------------------------------------------
  function header(element, props, trigger, watch) {
    const root = element.querySelector(".pc-header");
    const draw = () => {
      const status = props.value || {};
      const parts = [`${(status.papers || 0).toLocaleString("en")} papers`, status.embedder];
      parts.push(status.model || "no model");
      root.replaceChildren(
        el("div", { class: "pc-brand", role: "heading", "aria-level": "1" }, "paperchat"),
        el("div", { class: "pc-status", role: "status" }, parts.filter(Boolean).join(" · ")),
        el("div", { id: "pc-live", class: "pc-offscreen", "aria-live": "polite" }),
        button("◐", "Switch between light and dark", switchTheme),
      );
      if (status.advice) root.append(el("div", { class: "pc-advice" }, `Written answers are off. ${status.advice}`));
    };
    new ResizeObserver(() => document.documentElement.style.setProperty("--header", `${root.offsetHeight + 1}px`)).observe(root);
    const stored = localStorage.getItem("paperchat-theme");
    if (stored) document.body.classList.toggle("dark", stored === "dark");
    watch("value", draw);
    draw();
  }

  function switchTheme() {
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("paperchat-theme", dark ? "dark" : "light");
  }

  // ---- conversation -------------------------------------------------------------------------------------------
  function conversation(element, props, trigger, watch) {
    const root = element.querySelector(".pc-conversation");
    root.setAttribute("role", "log");
    root.setAttribute("aria-label", "Conversation");
    root.setAttribute("aria-live", "off");
    let turns = 0;
    let stage = "";
    const act = (action, turn, text) => trigger("click", { action, turn, text });
    const draw = () => {
      const view = props.value || { turns: [], examples: [] };
      const box = element.closest("#pc-conversation") || element;
      const follow = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
      if (!root.querySelector(".pc-editor") || view.turns.length !== turns) {
        root.replaceChildren(
          ...(view.turns.length ? view.turns.map((turn, i) => drawTurn(turn, i, view.turns.length, act)) : [drawEmpty(view, act)]),
        );
        if (view.notice) root.append(el("p", { class: "pc-notice pc-warning", role: "alert" }, view.notice));
      }
      const last = view.turns[view.turns.length - 1];
      if (view.turns.length > turns) root.lastElementChild.scrollIntoView({ block: "start" });
      else if (follow && last && last.stage === "writing") box.scrollTop = box.scrollHeight;
      if (last && last.stage !== stage && ["done", "stopped", "failed"].includes(last.stage)) announce(last);
      turns = view.turns.length;
      stage = last ? last.stage : "";
      document.body.classList.toggle("pc-empty", !turns);
    };
    watch("value", draw);
    draw();
  }

  function announce(turn) {
    say(`Answer: ${turn.sentences.map((sentence) => sentence.text).join(" ")} ${turn.notices.join(" ")}`);
  }

  function drawEmpty(view, act) {
    return el("div", { class: "pc-welcome" },
      el("h2", {}, "Ask the papers"),
      el("p", {}, "Every sentence of an answer shows the sentence of a paper that it cites. Nothing leaves this machine."),
      el("div", { class: "pc-examples", role: "group", "aria-label": "Example questions" },
        ...view.examples.map((text) => el("button", { type: "button", class: "pc-example", onclick: () => act("ask", 0, text) }, text))));
  }

  function drawTurn(turn, index, count, act) {
    const article = el("article", { class: `pc-turn pc-${turn.stage}`, "aria-label": `Question ${index + 1}` });
    article.append(el("h2", { class: "pc-asked" }, turn.question));
    article.append(turn.model || turn.stage === "evidence" ? drawProse(turn, index) : drawQuotes(turn, index));
    if (turn.cited.length && turn.model) article.append(drawCited(turn, index));
    for (const notice of turn.notices) {
      article.append(el("p", { class: turn.stage === "failed" ? "pc-notice pc-warning" : "pc-notice" }, notice));
    }
    if (!["evidence", "writing"].includes(turn.stage)) article.append(drawActions(article, turn, index, count, act));
    return article;
  }

  function drawProse(turn, index) {
    if (!turn.sentences.length) {
      const text = turn.papers ? `Reading ${turn.papers} papers…` : turn.stage === "done" ? "" : "Searching…";
      return el("p", { class: "pc-working" }, text);
    }
    const prose = el("p", { class: "pc-prose" });
    for (const sentence of turn.sentences) {
      prose.append(el("span", { class: sentence.cites.length ? "" : "pc-uncited" }, sentence.text), ...chips(sentence, turn, index), " ");
    }
    return prose;
  }

  function chips(sentence, turn, index) {
    return sentence.cites.map(({ n, start }) => el("button", {
      type: "button", class: "pc-chip", title: turn.cited[n - 1].title,
      "aria-label": `Citation ${n}: ${turn.cited[n - 1].title}`, onclick: () => cite(index, n, start),
    }, String(n)));
  }

  function drawQuotes(turn, index) {
    const list = el("div", { class: "pc-quotes" });
    for (const { n, title } of turn.cited) {
      const mine = turn.sentences.filter((sentence) => sentence.cites.some((c) => c.n === n));
      list.append(el("section", { class: "pc-quoted" },
        el("h3", {}, el("span", { class: "pc-number" }, String(n)), title),
        ...mine.map((sentence) => el("blockquote", {}, sentence.text, " ", ...chips(sentence, turn, index)))));
    }
    return list;
  }

  function drawCited(turn, index) {
    return el("div", { class: "pc-cited" }, el("h3", {}, "Cited"), el("ol", {}, ...turn.cited.map(({ n, title }) =>
      el("li", {}, el("button", { type: "button", onclick: () => cite(index, n, null) },
        el("span", { class: "pc-number" }, String(n)), title)))));
  }

  function drawActions(article, turn, index, count, act) {
    const text = turn.sentences.map((s) => s.text + [...new Set(s.cites.map((c) => `[${c.n}]`))].join("")).join(" ");
    const titles = turn.cited.map(({ n, title }) => `[${n}] ${title}`).join("\n");
    const row = el("div", { class: "pc-actions", role: "group", "aria-label": "Answer actions" });
    row.append(button("Copy", "Copy the answer", (event) => copy(`${text}\n\n${titles}`.trim(), event.currentTarget)));
    row.append(button("Retry", "Ask this question again", () => act("retry", index, "")));
    row.append(button("Edit", "Edit the question and ask again from here", () => edit(article, turn, index, act)));
    if (index === count - 1) row.append(button("Undo", "Take this question back", () => act("undo", index, "")));
    return row;
  }

  function edit(article, turn, index, act) {
    const heading = article.querySelector(".pc-asked");
    const box = el("textarea", { class: "pc-editor", "aria-label": "Edit the question", rows: "2" });
    box.value = turn.question;
    const close = () => form.replaceWith(heading);
    const submit = () => { const text = box.value.trim(); close(); if (text) act("edit", index, text); };
    const form = el("div", { class: "pc-editing" }, box,
      button("Ask again", "Ask the edited question", submit), button("Cancel", "Keep the question", close));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
      if (event.key === "Escape") close();
    });
    heading.replaceWith(form);
    box.focus();
  }

  // ---- evidence -----------------------------------------------------------------------------------------------
  function evidence(element, props, trigger, watch) {
    const root = element.querySelector(".pc-evidence");
    let shown = -1;
    let count = 0;
    let wanted = null; // the citation last clicked: shown again when its evidence is drawn anew
    const draw = (turn) => {
      const turns = props.value || [];
      shown = turn;
      const open = new Set([...root.querySelectorAll("details[open]")].map((node) => node.dataset.key));
      const papers = turns[turn] || [];
      root.replaceChildren(el("h2", {}, "Evidence"));
      if (!papers.length) root.append(el("p", { class: "pc-hint" }, "The papers and sentences behind an answer appear here."));
      group(root, "Cited", papers.filter((paper) => paper.n), turn, open);
      group(root, papers.some((p) => p.n) ? "Also retrieved" : "Retrieved", papers.filter((paper) => !paper.n), turn, open);
    };
    watch("value", () => {
      const turns = props.value || [];
      const keep = turns.length === count && shown >= 0 && shown < turns.length;
      count = turns.length;
      if (!keep) wanted = null;
      draw(keep ? shown : turns.length - 1);
      if (wanted) reveal(root, wanted);
    });
    window.addEventListener("paperchat:cite", ({ detail }) => {
      wanted = detail;
      if (detail.turn !== shown) draw(detail.turn);
      reveal(root, detail);
    });
    count = (props.value || []).length;
    draw(count - 1);
  }

  function group(root, name, papers, turn, open) {
    if (!papers.length) return;
    root.append(el("h3", {}, name));
    for (const paper of papers) root.append(card(paper, turn, open));
  }

  function card(paper, turn, open) {
    const key = `${turn}:${paper.title}`;
    const used = paper.segments.filter((segment) => segment.mark);
    const preview = used.some((s) => s.mark === "cited") ? used.filter((s) => s.mark === "cited") : used.slice(0, 2);
    const abstract = el("p", { class: "pc-abstract" }, ...paper.segments.map((segment) => segment.mark
      ? el("mark", { class: `pc-${segment.mark}`, "data-start": String(segment.start), tabindex: "-1" }, segment.text)
      : segment.text));
    const quotes = el("div", { class: "pc-used" }, ...preview.map((segment) => el("p", {}, segment.text)));
    const details = el("details", { class: "pc-card", "data-key": key, "data-n": paper.n, open: open.has(key) },
      el("summary", {}, el("span", { class: "pc-title" }, paper.n ? el("span", { class: "pc-number" }, String(paper.n)) : null, paper.title),
        el("span", { class: "pc-why", title: paper.scores, "aria-label": `Found by ${paper.why}; ${paper.scores}` }, paper.why), quotes),
      abstract,
      button("Copy quotes", "Copy the title and the marked sentences", (event) =>
        copy([paper.title, ...used.map((segment) => `“${segment.text}”`)].join("\n"), event.currentTarget)));
    return details;
  }

  function reveal(root, { n, start }) {
    const details = root.querySelector(`details[data-n="${Number(n)}"]`);
    if (!details) return;
    details.open = true;
    const mark = (start !== null && details.querySelector(`mark[data-start="${Number(start)}"]`)) || details.querySelector("mark.pc-cited");
    if (!mark) return;
    root.querySelectorAll("mark.pc-now").forEach((node) => node.classList.remove("pc-now"));
    mark.classList.add("pc-now");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    say(`Cited sentence: ${mark.textContent}`);
  }

  return { header, conversation, evidence };
})();
window.paperchat = paperchat;
