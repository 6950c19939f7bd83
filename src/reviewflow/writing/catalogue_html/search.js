"use strict";
// Looks for every word in title, document number, index number, keywords and summary, from one character on.
// Written for old browsers as well. The data is loaded when somebody goes to the search box.
(function () {
  var STEP = 50;
  var form = document.getElementById("search");
  var box = document.getElementById("words");
  var found = document.getElementById("found");
  var results = document.getElementById("results");
  var more = document.getElementById("more");
  var browse = document.getElementById("browse");
  var haystacks = null;
  var hits = [];
  var loading = false;
  var timer = 0;

  // Full-width and narrow forms, capitals and small letters count as the same.
  function fold(text) {
    return (text.normalize ? text.normalize("NFKC") : text).toLowerCase();
  }

  function load() {
    if (loading) { return; }
    loading = true;
    var script = document.createElement("script");
    script.src = "entries.js";
    script.onload = function () {
      ENTRIES.sort(function (a, b) { return a[5] < b[5] ? 1 : a[5] > b[5] ? -1 : 0; });
      haystacks = ENTRIES.map(function (entry) {
        return fold([entry[1], entry[2], entry[3], entry[7], entry[8]].join("\n"));
      });
      search();
    };
    script.onerror = function () { say("目录数据没有载入，暂时不能查找；请按类别浏览。"); };
    document.body.appendChild(script);
  }

  function say(text) {
    found.textContent = text;
    found.hidden = !text;
  }

  function show(on) {
    browse.hidden = on;
    results.hidden = !on;
    if (!on) { more.hidden = true; say(""); }
  }

  function search() {
    var words = fold(box.value).split(/\s+/).filter(Boolean);
    if (!words.length) { show(false); return; }
    load();
    if (!haystacks) { say("正在载入……"); return; }
    hits = [];
    for (var i = 0; i < haystacks.length; i++) {
      if (words.every(function (word) { return haystacks[i].indexOf(word) >= 0; })) { hits.push(i); }
    }
    results.textContent = "";
    show(true);
    say(hits.length ? "找到 " + hits.length + " 条" : "没有找到。可以换一个词，或少写几个字。");
    add();
  }

  function add() {
    var from = results.childElementCount;
    hits.slice(from, from + STEP).forEach(function (at) { results.appendChild(line(ENTRIES[at])); });
    more.hidden = results.childElementCount >= hits.length;
  }

  function part(name, kind, text) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    element.textContent = text;
    return element;
  }

  function line(entry) {
    var item = document.createElement("li");
    var link = part("a", "", entry[1]);
    link.href = "entries/" + entry[0];
    item.appendChild(link);
    entry[6].forEach(function (mark) { item.appendChild(part("span", "mark", mark)); });
    var facts = [entry[4], entry[2], entry[3], entry[5]].filter(Boolean).join("　");
    item.appendChild(part("p", "facts-line", facts));
    if (entry[7]) { item.appendChild(part("p", "summary", entry[7])); }
    return item;
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  box.addEventListener("focus", load);
  box.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  more.addEventListener("click", add);
  // Somebody who comes back from an entry finds the box filled by the browser.
  window.addEventListener("pageshow", search);
})();
