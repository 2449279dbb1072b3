(function () {
  var secret;
  if (self === top) return;

  function say(message) { parent.postMessage(message, "*"); }

  function measure() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    // An anchor followed later takes the secret out of the address.
    secret = secret || (/[#?&]secret=(\w{10})\b/.exec(location.hash) || [])[1];
    if (secret) say({ message: "height", value: height, secret: secret });
    say({ sentinel: "amp", type: "embed-size", height: height });
    say({ type: "stele:height", height: height });
  }

  addEventListener("message", function (event) {
    if (event.source === parent && event.data && event.data.message === "ready") measure();
  });
  // WordPress locks its frames: only the page around them can follow a link.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[target=_top]");
    if (!secret || !link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    say({ message: "link", value: link.href, secret: secret });
  });
  addEventListener("load", measure);
  new ResizeObserver(measure).observe(document.body);
})();
