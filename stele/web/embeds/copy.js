(function () {
  document.querySelectorAll(".copy").forEach(function (holder) {
    var box = holder.querySelector("textarea");
    var button = holder.querySelector("button");
    var said = holder.querySelector("[role=status]");
    box.addEventListener("focus", function () { box.select(); });
    button.hidden = false;
    button.addEventListener("click", function () {
      box.select();
      if (document.execCommand("copy")) said.hidden = false;
    });
    box.addEventListener("blur", function () { said.hidden = true; });
  });
})();
