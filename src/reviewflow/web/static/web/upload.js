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
  const waiting = [];
  let sending = false;

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
    request.addEventListener("loadend", () => {
      let answer = { message: "没有传成功，请检查网络后再试一次。" };
      try { answer = JSON.parse(request.responseText).files[0]; } catch { /* the plain sentence above stands */ }
      tell(job.shown, answer, request.status === 200 && answer.ok);
      next();
    });
    request.send(data);
  };

  const take = (files) => {
    [...files].forEach((file) => waiting.push({ file, shown: line(file) }));
    if (!sending) next();
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
