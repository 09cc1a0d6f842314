/* What HTMX and HTML cannot do. Every act here has a plain button or link that works without it. */
(() => {
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const say = (words) => {
    const region = one("#cd-say");
    if (region) region.textContent = words;
  };

  /* Theme: the button turns it round; the choice stays on this machine. */
  const isDark = () =>
    root.dataset.bsTheme ? root.dataset.bsTheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const turnTheme = () => {
    root.dataset.bsTheme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("cd-theme", root.dataset.bsTheme);
    } catch {
      /* A browser that keeps nothing forgets the choice with the page. */
    }
  };

  /* Writing: a text goes in where the cursor is; a quotation goes to the end, and a quoted note stays a note. */
  const insert = (field, text) => {
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("keyup", { bubbles: true })); /* so that the draft is kept */
  };
  const quote = (link) => {
    const field = one("#composer-body");
    const message = link.closest(".cd-msg");
    if (!field || !message) return false;
    if (message.matches(".cd-msg--note")) one("#mode-note").click();
    const lines = one(".cd-msg__body", message).innerText.trim().split("\n");
    const said = lines.map((line) => `> ${line}`.trimEnd()).join("\n");
    field.setSelectionRange(field.value.length, field.value.length);
    insert(field, `${field.value.trim() ? "\n\n" : ""}${one(".cd-msg__who", message).textContent}:\n\n${said}\n\n`);
    field.scrollIntoView({ block: "center" });
    return true;
  };
  addEventListener("click", (event) => {
    const source = event.target.closest("[data-cd-insert], [data-cd-quote]");
    if (!source) return;
    if ("cdQuote" in source.dataset) return quote(source) && event.preventDefault();
    insert(one("#composer-body"), source.dataset.cdInsert);
    one("#composer-texts").replaceChildren();
    say("Inserted");
  });

  /* Clicks: theme, native dialogs, copying, stepping of hour fields, closing toasts. */
  addEventListener("click", (event) => {
    const button = event.target.closest(
      "[data-cd-theme], [data-cd-open], [data-cd-close], [data-cd-copy], [data-cd-step], [data-cd-dismiss]",
    );
    if (!button) return;
    const asked = button.dataset;
    if ("cdTheme" in asked) turnTheme();
    if (asked.cdOpen) {
      one(asked.cdOpen)?.showModal();
      event.preventDefault(); /* a link to the same thing as a page of its own */
    }
    if ("cdClose" in asked) button.closest("dialog")?.close();
    if (asked.cdCopy) navigator.clipboard?.writeText(asked.cdCopy).then(() => say("Copied"));
    if (asked.cdStep) step(button.parentElement.querySelector("input"), Number(asked.cdStep));
    if ("cdDismiss" in asked) button.closest(".cd-toast, .cd-notice")?.remove();
  });

  /* Hour fields: 0:45, 45m and .75 mean the same; arrows and buttons step by a quarter. */
  const minutesOf = (text) => {
    const typed = text.trim().toLowerCase();
    let found = typed.match(/^(\d{1,4}):([0-5]?\d)$/);
    if (found) return Number(found[1]) * 60 + Number(found[2]);
    found = typed.match(/^(\d+)\s*m(in)?$/);
    if (found) return Number(found[1]);
    found = typed.match(/^(\d*[.,]?\d+)\s*h?$/);
    return found ? Math.round(Number(found[1].replace(",", ".")) * 60) : null;
  };
  const hoursText = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  const step = (field, amount) => {
    const now = minutesOf(field.value) ?? 0;
    const next = Math.max(0, amount > 0 ? Math.floor(now / 15) * 15 + 15 : Math.ceil(now / 15) * 15 - 15);
    field.value = hoursText(Math.min(next, Number(field.dataset.cdMost ?? 1440)));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const markChanged = (field) => field?.matches?.("input.cd-cell-in") && field.classList.toggle("is-changed", field.value !== field.dataset.cdWas);
  addEventListener("focusout", (event) => {
    const field = event.target.closest?.("input.cd-hours, input.cd-cell-in");
    const minutes = field && minutesOf(field.value);
    if (field?.value && minutes !== null) field.value = hoursText(minutes);
    markChanged(field);
  });
  addEventListener("input", (event) => markChanged(event.target));

  /* Keyboard: single keys never fire in a field, with a modifier, in a dialog, or where they are turned off. */
  let leader = 0;
  const press = (name) => {
    const target = one(`[data-cd-key="${CSS.escape(name)}"]`);
    if (!target) return false;
    if (target.matches("input[type=radio]")) {
      target.click();
      one("textarea", target.form)?.focus();
    } else if (target.matches("input, textarea, select")) target.focus();
    else target.click();
    return true;
  };
  const cursorRows = () => all("[data-cd-row]");
  const moveCursor = (by) => {
    const rows = cursorRows();
    const at = rows.findIndex((row) => row.classList.contains("is-cursor"));
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return press(by > 0 ? "j" : "k");
    rows[at]?.classList.remove("is-cursor");
    next.classList.add("is-cursor");
    one("a[data-cd-subject]", next)?.focus();
    return true;
  };
  /* Timesheet: arrows go from cell to cell; within what was typed the caret moves first. */
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const CELLS = "input.cd-cell-in:enabled";
  const atEdge = (cell, across) => {
    const [start, end] = [cell.selectionStart, cell.selectionEnd];
    return !across || (start === 0 && end === cell.value.length) || (start === end && start === (across < 0 ? 0 : cell.value.length));
  };
  const moveCell = (cell, [across, down]) => {
    const row = cell.closest("tr");
    const rows = all("tr", row.closest("table")).filter((other) => one(CELLS, other));
    const target = rows[rows.indexOf(row) + down];
    const next = target && all(CELLS, target)[all(CELLS, row).indexOf(cell) + across];
    next?.focus();
    next?.select();
  };
  /* Jumping: arrows go from the field down the list and back; the field's own Enter goes to the first. */
  const moveTarget = (dialog, by) => {
    const stops = [one("input[type=search]", dialog), ...all("[data-cd-target]", dialog)];
    stops[Math.min(Math.max(stops.indexOf(document.activeElement) + by, 0), stops.length - 1)].focus();
  };
  const underCursor = (selector) => one(`[data-cd-row].is-cursor ${selector}`)?.click();
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input, textarea, select, [contenteditable]");
    const jump = one("#jump[open]");
    if (jump && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      moveTarget(jump, event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      return;
    }
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !one("dialog[open]")) {
      if (press("Ctrl k")) event.preventDefault();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.form) {
      field.form.requestSubmit();
      return;
    }
    if (field?.matches("input.cd-hours") && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      step(field, event.key === "ArrowUp" ? 15 : -15);
      event.preventDefault();
      return;
    }
    if (field?.matches(CELLS) && event.key in ARROWS && atEdge(field, ARROWS[event.key][0])) {
      moveCell(field, ARROWS[event.key]);
      event.preventDefault();
      return;
    }
    const typing = field && !field.matches("[type=checkbox], [type=radio]");
    if (event.key === "Escape" && typing) field.blur();
    else if (event.key === "Escape" && !one("dialog[open]")) clearPicks();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (document.body.dataset.cdKeys === "off") return;
    const done = keyDown(event);
    if (done) event.preventDefault();
  });
  const keyDown = (event) => {
    const key = event.key;
    if (key === "?") return one("#keys")?.showModal() ?? true;
    if (key === "/") return press("/");
    if (!document.body.classList.contains("cd-staff")) return false;
    if (Date.now() - leader < 1500) {
      leader = 0;
      return press(`g ${key}`);
    }
    if (key === "g") {
      leader = Date.now();
      return true;
    }
    if (key === "j" || key === "k") return moveCursor(key === "j" ? 1 : -1);
    if (key === "o" && cursorRows().length) return underCursor("a[data-cd-subject]") ?? true;
    if (key.toLowerCase() === "x" && cursorRows().length) return pickUnderCursor(event.shiftKey) ?? true;
    return press(key);
  };

  /* Picked rows: the bulk bar shows how many, and says it. */
  let lastPicked = null;
  const pickUnderCursor = (range) => {
    const rows = cursorRows();
    const here = rows.findIndex((row) => row.classList.contains("is-cursor"));
    if (here < 0) return;
    const from = range && lastPicked !== null ? Math.min(lastPicked, here) : here;
    const to = range && lastPicked !== null ? Math.max(lastPicked, here) : here;
    rows.slice(from, to + 1).forEach((row) => {
      const box = one("[data-cd-pick]", row);
      if (box && (!range || !box.checked)) box.click();
    });
    lastPicked = here;
  };
  const showPicks = () => {
    const picked = all("[data-cd-pick]:checked");
    all("[data-cd-pick]").forEach((box) => box.closest("tr")?.classList.toggle("is-picked", box.checked));
    const everything = one("[data-cd-pick-all]");
    if (everything && !picked.length) everything.checked = false;
    const bar = one("[data-cd-bulk]");
    if (!bar) return;
    bar.hidden = picked.length === 0;
    bar.classList.toggle("d-sm-flex", picked.length > 0); /* without this script the bar always shows */
    one("[data-cd-bulk-count]", bar).textContent = `${picked.length} selected`;
    return picked.length;
  };
  const clearPicks = () => {
    const picked = all("[data-cd-pick]:checked");
    picked.forEach((box) => (box.checked = false));
    if (picked.length) say("Selection cleared");
    showPicks();
  };
  addEventListener("change", (event) => {
    const box = event.target.closest("[data-cd-pick], [data-cd-pick-all]");
    if (!box) return;
    if ("cdPickAll" in box.dataset) all("[data-cd-pick]").forEach((other) => (other.checked = box.checked));
    const count = showPicks();
    say(count ? `${count} selected` : "Selection cleared");
  });

  /* A queue is not redrawn under somebody's hands: it waits until nothing is picked, open or typed. */
  const isBusy = () =>
    one("[data-cd-pick]:checked, dialog[open], .dropdown-menu.show, details.cd-drop[open]") ||
    document.activeElement?.matches("input:not([type=checkbox]), textarea, select");
  addEventListener("htmx:beforeRequest", (event) => {
    if ("cdRefresh" in event.target.dataset && isBusy()) event.preventDefault();
  });

  /* A refreshed queue keeps cursor, picks and focus, and tells once which clocks got worse. */
  let before = null;
  const nameOf = (row) => one("a[data-cd-subject]", row)?.getAttribute("href");
  const badClock = (row) => one(".cd-clock--risk, .cd-clock--missed", row);
  addEventListener("htmx:beforeSwap", () => {
    const rows = cursorRows();
    before = rows.length && {
      cursor: nameOf(one("[data-cd-row].is-cursor") ?? rows[0]),
      hadCursor: Boolean(one("[data-cd-row].is-cursor")),
      hadFocus: Boolean(document.activeElement?.matches("a[data-cd-subject]")),
      picked: all("[data-cd-pick]:checked").map((box) => box.value),
      bad: new Map(rows.map((row) => [nameOf(row), badClock(row)?.className])),
    };
  });
  addEventListener("htmx:afterSettle", () => {
    if (!before) return;
    const rows = cursorRows();
    const under = before.hadCursor && rows.find((row) => nameOf(row) === before.cursor);
    if (under) under.classList.add("is-cursor");
    if (under && before.hadFocus && document.activeElement === document.body) {
      one("a[data-cd-subject]", under).focus({ preventScroll: true });
    }
    all("[data-cd-pick]").forEach((box) => (box.checked ||= before.picked.includes(box.value)));
    showPicks();
    const worse = rows.filter((row) => {
      const known = before.bad.has(nameOf(row));
      return known && badClock(row) && badClock(row).className !== before.bad.get(nameOf(row));
    });
    const told = worse.map((row) => `${one(".cd-key", row)?.textContent ?? ""}: ${badClock(row).textContent.trim()}`);
    if (told.length) say(told.join("; ").replace(/\s+/g, " "));
    before = null;
  });

  /* Sending: one click, one request; the button keeps its words. */
  const sending = (event) => {
    const form = event.target;
    const how = (event.submitter?.getAttribute("formmethod") ?? form.getAttribute("method"))?.toLowerCase();
    if (how === "dialog" || (how !== "post" && !form.hasAttribute("hx-post"))) return;
    if (form.dataset.cdSending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.cdSending = "1";
    all("[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    /* An answer that leaves the page standing, such as a download, gives the form back. */
    setTimeout(() => released(form), 10000);
  };
  /* While capturing, so that the second click is stopped before HTMX hears of it. */
  addEventListener("submit", sending, true);
  const released = (form) => {
    delete form.dataset.cdSending;
    all("[type=submit]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  addEventListener("pageshow", () => all("form[data-cd-sending]").forEach(released));
  addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) released(form);
  });

  /* HTMX: answers of 422 are drawn too; a lost connection is said and what was typed stays. */
  addEventListener("htmx:beforeSwap", (event) => {
    const isPart = !/^\s*<!doctype/i.test(event.detail.xhr.responseText);
    if (event.detail.xhr.status === 422 && isPart) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  const refuse = (event, title, words) => {
    const form = event.target.closest?.("form");
    const notice = document.createElement("div");
    notice.className = "cd-notice cd-notice--bad mb-3";
    notice.role = "alert";
    notice.tabIndex = -1;
    notice.dataset.cdRefused = "";
    const body = notice.appendChild(document.createElement("div"));
    body.appendChild(document.createElement("strong")).textContent = title;
    body.appendChild(document.createElement("p")).textContent = words;
    all("[data-cd-refused]").forEach((old) => old.remove());
    if (form) form.before(notice);
    else one("#main")?.prepend(notice);
    if (!document.activeElement?.matches("input, textarea, select")) notice.focus();
    return notice;
  };
  const byItself = (event) => event.detail.requestConfig?.triggeringEvent?.type === undefined;
  /* Signed out while the page stood open: said once, by whatever asks the server first; nothing is lost. */
  const signedOut = () => {
    if (one("[data-cd-signed-out]")) return;
    const field = one("form[method=post] textarea");
    const notice = refuse({ target: field ?? document.body }, "You are signed out", SIGNED_OUT);
    notice.dataset.cdSignedOut = "";
  };
  const SIGNED_OUT = "What you typed is still here. Send it: you sign in first, and find it here again.";
  addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) return signedOut();
    if (byItself(event)) return;
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const title = one("main h1, main h2, main h3", page)?.textContent ?? "Something broke on our side";
    refuse(event, title, one("main p", page)?.textContent ?? "What you typed is still here. Try again.");
  });
  addEventListener("htmx:sendError", (event) => {
    if (byItself(event)) return say("No connection. This page may be out of date.");
    refuse(event, "Not sent: no connection", "What you typed is still here. Try again in a moment.");
  });

  /* Timer: the server keeps it, the page only counts on. */
  const tick = () =>
    all("[data-cd-timer]").forEach((face) => {
      const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(face.dataset.cdTimer)) / 1000));
      const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      const two = (number) => String(number).padStart(2, "0");
      face.textContent = "cdShort" in face.dataset ? `${h}:${two(m)}` : `${h}:${two(m)}:${two(s)}`;
      const label = `Timer, ${h * 60 + m} minutes`;
      if (face.role === "timer" && face.ariaLabel !== label) face.ariaLabel = label;
    });
  setInterval(tick, 1000);

  /* How far off a moment is: counted on from what the server wrote, whatever this machine's clock says. */
  const lengthOf = (seconds) => {
    if (seconds >= 2 * 86400) return `${Math.floor(seconds / 86400)} days`;
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    if (!hours) return `${minutes} min`;
    return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  };
  const drawn = new WeakMap();
  const tellDistance = () =>
    all("[data-cd-off]").forEach((words) => {
      if (!drawn.has(words)) drawn.set(words, performance.now());
      const off = Number(words.dataset.cdOff) - Math.round((performance.now() - drawn.get(words)) / 1000);
      const length = lengthOf(Math.abs(off));
      const now = Math.abs(off) < 60;
      words.textContent = now ? "now" : off > 0 ? `in ${length}` : `${length} ago`;
    });
  setInterval(tellDistance, 30000);

  /* Calling a colleague into a note: the letters behind an @ offer names; arrows choose, Enter takes one. */
  const AT = /(?:^|[^\w@./])@([\p{L}][\p{L}'.-]{0,40})$/u;
  const called = (field) => AT.exec(field.value.slice(0, field.selectionStart))?.[1];
  const namesOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
  const hideNames = (field) => {
    namesOf(field).hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const markName = (field, option) => {
    all("li", namesOf(field)).forEach((other) => (other.ariaSelected = String(other === option)));
    field.setAttribute("aria-activedescendant", option.id);
  };
  const offerNames = async (field) => {
    const letters = one("#mode-note:checked", field.form) && called(field);
    if (!letters) return hideNames(field);
    const answer = await fetch(`${field.dataset.cdNames}?q=${encodeURIComponent(letters)}`);
    if (!answer.ok || called(field) !== letters) return;
    const list = namesOf(field);
    list.innerHTML = await answer.text();
    list.hidden = !list.children.length;
    if (list.hidden) return hideNames(field);
    markName(field, list.children[0]);
    say(`${list.children.length} colleagues: ${list.children[0].dataset.cdName}`);
  };
  const takeName = (field, option) => {
    const [start, end] = [field.selectionStart - called(field).length, field.selectionStart];
    field.setRangeText(`${option.dataset.cdName} `, start, end, "end");
    hideNames(field);
    field.focus();
  };
  addEventListener("input", (event) => event.target.matches?.("[data-cd-names]") && offerNames(event.target));
  addEventListener("focusout", (event) => event.target.matches?.("[data-cd-names]") && setTimeout(hideNames, 200, event.target));
  addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("[data-cd-name]");
    if (!option) return;
    event.preventDefault();
    takeName(one(`[aria-controls="${option.parentElement.id}"]`), option);
  });
  addEventListener(
    "keydown",
    (event) => {
      const field = event.target.closest?.("[data-cd-names]");
      if (!field || namesOf(field).hidden || event.ctrlKey || event.metaKey) return;
      const options = all("li", namesOf(field));
      const at = options.findIndex((option) => option.ariaSelected === "true");
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) markName(field, options[(at + by + options.length) % options.length]);
      else if (event.key === "Enter" || event.key === "Tab") takeName(field, options[at]);
      else if (event.key === "Escape") hideNames(field);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  /* Files: chosen, dropped or pasted; the list under the field says what will be sent. */
  const listFiles = (field) => {
    const list = one(`[data-cd-files="${field.id}"]`);
    if (!list) return;
    list.replaceChildren(
      ...[...field.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}, ${Math.max(1, Math.round(file.size / 1024))} KB`;
        return item;
      }),
    );
  };
  const addFiles = (field, files) => {
    const kept = new DataTransfer();
    [...field.files, ...files].forEach((file) => kept.items.add(file));
    field.files = kept.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) listFiles(event.target);
  });
  const fileField = (event) => event.target.closest?.("form")?.querySelector("input[type=file][multiple]");
  addEventListener("dragover", (event) => fileField(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    const field = fileField(event);
    if (!field || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    addFiles(field, event.dataTransfer.files);
  });
  addEventListener("paste", (event) => {
    const field = fileField(event);
    if (field && event.clipboardData?.files.length) addFiles(field, event.clipboardData.files);
  });

  /* Toasts go after eight seconds, unless somebody is on them. */
  const watchToasts = () =>
    all(".cd-toast:not([data-cd-timed])").forEach((toast) => {
      toast.dataset.cdTimed = "1";
      const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
      setTimeout(leave, 8000);
    });

  /* An error summary takes the focus, so that a screen reader begins there. */
  const ready = () => {
    watchToasts();
    tick();
    tellDistance();
    showPicks();
    one("[data-cd-errors]")?.focus();
  };
  addEventListener("DOMContentLoaded", ready);
  addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "main") event.target.focus({ preventScroll: true });
    ready();
  });
})();
