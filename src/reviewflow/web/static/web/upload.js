// Files dropped or chosen are sent one by one, each with its own progress and outcome. Without this script the form sends
// them all at once.
"use strict";

(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const list = document.getElementById("sent");
  // Files go as soon as they are chosen: the whole place takes a click or a drop, and no button is needed.
  form.classList.add("scripted");
  // Each request brings one file: the bound on files in one request bounds nothing here.
  document.getElementById("at-once").hidden = true;
  const waiting = [];
  let sending = false;
  let paused = null;

  // What stops everything, by the status of the answer (0: none came): the files stay in the list until one goes on.
  const STOPS = {
    0: "没有传成。请检查网络，再点“继续上传”；选好后又改动过的文件请重新选择。",
    401: "登录已到期。请在新页面重新登录，再回到这里点“继续上传”。",
    429: "服务器要求慢一些。请过一分钟再点“继续上传”。",
    502: "服务器没有在运行。请过几分钟再点“继续上传”；还是不行，请告诉管理员。",
    503: "服务器正忙。请过一分钟再点“继续上传”；还是不行，请告诉管理员。",
    504: "服务器没有及时回答。请过几分钟再点“继续上传”；还是不行，请告诉管理员。",
  };
  // What concerns one file alone.
  const FAILURES = {
    413: "文件太大，没有收下。请拆分后再上传，或请管理员调大上限。",
    500: "程序出错，没有收下。请把时间和代码 500 告诉管理员。",
  };

  const line = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", `${file.name} 的进度`);
    const said = document.createElement("span");
    said.className = "said";
    said.textContent = "等待";
    item.append(name, bar, said);
    list.append(item);
    return { item, bar, said };
  };

  const tell = (shown, answer, ok) => {
    shown.bar.remove();
    shown.item.className = ok ? "good" : "bad";
    shown.said.textContent = answer.message;
    if (answer.address) {
      const link = document.createElement("a");
      link.href = answer.address;
      link.textContent = "去办理";
      shown.item.append(link);
    }
  };

  const stop = (job, sentence, address) => {
    job.shown.bar.value = 0;
    job.shown.said.textContent = "还没有传";
    sending = false;
    paused = document.createElement("div");
    paused.className = "failure";
    paused.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.textContent = `${sentence}还有 ${waiting.length} 个文件没有传，都留在下面。`;
    const buttons = document.createElement("p");
    buttons.className = "buttons";
    if (address) {
      const link = document.createElement("a");
      Object.assign(link, { href: address, target: "_blank", rel: "noopener", className: "button", textContent: "在新页面登录" });
      buttons.append(link);
    }
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: "继续上传" });
    button.addEventListener("click", () => { paused.remove(); paused = null; next(); });
    buttons.append(button);
    paused.append(said, buttons);
    list.before(paused);
  };

  const answered = (job, request) => {
    let found = null;
    try { found = JSON.parse(request.responseText); } catch { /* a page, or nothing: the sentences above stand for it */ }
    if (request.status in STOPS) {
      // To the end: a file at which the connection always breaks does not keep the others waiting.
      waiting[request.status === 0 ? "push" : "unshift"](job);
      stop(job, STOPS[request.status], request.status === 401 && ((found && found.address) || "/login"));
      return;
    }
    const one = found && found.files && found.files[0];
    const told = found && found.message && `${found.message}${found.hint}`;
    const message = FAILURES[request.status] || told || "没有收到结果。请到队列里看看，没有这一件的再传一次。";
    tell(job.shown, one || { message }, request.status === 200 && one && one.ok);
    next();
  };

  const next = () => {
    const job = waiting.shift();
    sending = Boolean(job);
    if (!job) return;
    const data = new FormData(form);
    data.delete(field.name);
    data.append(field.name, job.file, job.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      job.shown.bar.value = event.loaded / event.total;
      job.shown.said.textContent = event.loaded === event.total ? "正在读取" : "正在上传";
    });
    request.addEventListener("loadend", () => answered(job, request));
    request.send(data);
  };

  const take = (files) => {
    [...files].forEach((file) => waiting.push({ file, shown: line(file) }));
    if (!sending && !paused) next();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); take(field.files); field.value = ""; });
  field.addEventListener("change", () => { take(field.files); field.value = ""; });
  ["dragover", "dragenter"].forEach((name) => form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  }));
  ["dragleave", "drop"].forEach((name) => form.addEventListener(name, () => form.classList.remove("over")));
  form.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
})();
