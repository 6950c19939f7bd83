// The keyboard of the desk. Every key belongs to something on the page that carries data-key; without this script each
// of them still works with mouse or tabulator.
"use strict";

(() => {
  // Fields that take letters or choose by them.
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName)) &&
    !/^(checkbox|button|submit)$/.test(node.type || "");

  // A press that sends something at once, such as a signature.
  const sends = (node) => node.type === "submit" && node.form && node.form.getAttribute("method") === "post";

  // Where somebody is filling in another form, a signature would be meant for that one.
  const elsewhere = (node) => {
    const form = document.activeElement && document.activeElement.closest("form");
    return form && form !== node.form;
  };

  // Whether a form holds something that was filled in: chosen or typed here, or brought back after a fault.
  const filled = (form) => form.closest("[data-filled]") !== null || [...form.elements].some((field) => {
    if (field.type === "hidden" || field.tagName === "BUTTON" || field.tagName === "FIELDSET") return false;
    if (field.tagName === "SELECT") {
      return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
    }
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });

  // An agreement beside another form that is filled in: what stands there would be lost, and may be the very opposite.
  const overlooked = (form) => {
    const acts = form.closest(".acts");
    if (!acts || !form.querySelector("[data-key=a]")) return false;
    const other = [...acts.querySelectorAll("form")].find((one) => one !== form && filled(one));
    if (!other) return false;
    const name = other.closest("details").querySelector("summary").firstChild.textContent.trim();
    return !window.confirm(`“${name}”里填写的内容还没有签。\n\n按“确定”：只同意现拟的结论，那些内容作废。\n按“取消”：什么也不签，回去继续填写。`);
  };

  // What a key does: a section that opens is opened and its first field taken; a field is taken; the rest is pressed.
  const use = (node) => {
    if (node.tagName === "DETAILS") {
      const opened = !node.open;
      node.open = opened;
      if (!opened) return;
      const field = node.querySelector("input:not([type=hidden]), select, textarea, button");
      if (field) field.focus();
      node.scrollIntoView({ block: "nearest" });
    } else if (typing(node)) {
      node.focus();
      if (node.select) node.select();
    } else {
      node.click();
    }
  };

  const dialog = document.getElementById("keys");

  document.addEventListener("keydown", (event) => {
    // 229 stands for a key that belongs to an input method, also where isComposing is late.
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && typing(document.activeElement)) {
      document.activeElement.blur();
      return;
    }
    const node = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not([disabled])`);
    const active = document.activeElement;
    // Beside a choice that belongs to the signature (whose opinion is taken) its key still signs.
    const belongs = node && sends(node) && active && active.type === "radio" && active.form === node.form;
    if (typing(active) && !belongs) return;
    if (event.key === "?" && dialog) {
      event.preventDefault();
      if (dialog.open) dialog.close(); else dialog.showModal();
      return;
    }
    if (dialog && dialog.open) return;
    if (!node) return;
    event.preventDefault();
    // A key held down goes on in the next case's page, which opens right after a signature: it signs nothing there.
    if (sends(node) && (event.repeat || elsewhere(node))) return;
    use(node);
  });

  // Marks are switched on and off by kind; the choice stays for the next document.
  const kinds = document.querySelectorAll("input[data-marks]");
  const show = (box) => document.body.classList.toggle(`no-${box.dataset.marks}`, !box.checked);
  kinds.forEach((box) => {
    const kept = localStorage.getItem(`marks-${box.dataset.marks}`);
    if (kept !== null) box.checked = kept === "1";
    show(box);
    box.addEventListener("change", () => {
      localStorage.setItem(`marks-${box.dataset.marks}`, box.checked ? "1" : "0");
      show(box);
    });
  });
  const all = document.querySelector("[data-all-marks]");
  if (all) all.addEventListener("click", () => {
    const wanted = ![...kinds].every((box) => box.checked);
    kinds.forEach((box) => { box.checked = wanted; box.dispatchEvent(new Event("change")); });
  });

  // One box ticks all boxes of its list.
  document.querySelectorAll("input[data-ticks]").forEach((head) => {
    const boxes = () => document.querySelectorAll(`input[name="${head.dataset.ticks}"]`);
    head.addEventListener("change", () => boxes().forEach((box) => { box.checked = head.checked; }));
  });

  // A list is sorted by a column of what is shown, and the other way round the second time.
  document.querySelectorAll("table.cases thead th").forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorts";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      head.parentNode.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = head.closest("table").tBodies[0];
      const said = (row) => row.cells[column].dataset.order || row.cells[column].textContent.trim();
      const sorted = [...body.rows].sort((a, b) => said(a).localeCompare(said(b), "zh", { numeric: true }));
      body.append(...(down ? sorted.reverse() : sorted));
    });
  });

  // Reasons that are often given are put into the field by choosing them, unless something else stands there. The focus
  // stays: the arrow keys choose one after the other.
  document.querySelectorAll("select[data-fills]").forEach((list) => {
    const offered = [...list.options].map((one) => one.value);
    list.addEventListener("change", () => {
      const field = document.getElementById(list.dataset.fills);
      if (!field.value.trim() || offered.includes(field.value)) field.value = list.value;
    });
  });

  // Of the bases offered only those are shown that support the chosen status.
  document.querySelectorAll("select[data-bases]").forEach((list) => {
    const narrow = () => document.querySelectorAll(`#${list.dataset.bases} [data-statuses]`).forEach((line) => {
      line.hidden = !line.dataset.statuses.split(" ").includes(list.value);
      if (line.hidden) line.querySelector("input").checked = false;
    });
    list.addEventListener("change", narrow);
    narrow();
  });

  // After a fault one is where it can be put right.
  const faulty = document.querySelector("[data-filled]");
  if (faulty) {
    const field = faulty.querySelector("input:not([type=hidden]), select, textarea");
    if (field) field.focus();
  }

  // What one press sends (a signature) is sent once, and what is pressed twice is not sent a second time for the next
  // case, whose page may open between the two: after such a press its page is deaf until nothing was pressed for a moment.
  const SETTLED = 700;
  const now = () => performance.now();
  let deafUntil = sessionStorage.getItem("pressed") ? now() + SETTLED : 0;
  sessionStorage.removeItem("pressed");
  const doubled = (button) => {
    if (!button || !button.dataset.key || !sends(button) || now() >= deafUntil) return false;
    deafUntil = now() + SETTLED;
    return true;
  };

  // A form is sent once. One whose answer is a file leaves its page standing, and may be sent again after a while.
  document.querySelectorAll("form[method=post]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent || doubled(event.submitter) || overlooked(form)) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      if (event.submitter && event.submitter.dataset.key) sessionStorage.setItem("pressed", "1");
      if ((form.getAttribute("action") || "").endsWith("/export")) setTimeout(() => delete form.dataset.sent, 3000);
    });
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();
