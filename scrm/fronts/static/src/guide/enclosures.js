// The tools beside the message field: talk scripts, coupons, games.
import { newId } from "../design/newid.js";

export function startEnclosures({ conversation, composer, line }, toast) {
  const asked = document.querySelector("[data-says-now]");
  if (asked) composer.fill(asked.dataset.script);

  document.addEventListener("click", async ({ target }) => {
    const script = target.closest("[data-script]");
    if (script) {
      script.closest("dialog").close();
      composer.fill(script.dataset.script);
      return;
    }
    const button = target.closest("[data-send]");
    if (!button || button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    // The id belongs to the button until it was heard: a tap after a lost answer sends the same coupon.
    button.dataset.client ??= newId();
    const { send, field, value, done, client } = button.dataset;
    try {
      conversation.receive(await line.send(send, { client_id: client, [field]: value }));
      delete button.dataset.client;
      button.closest("dialog").close();
      toast(done);
    } catch (refusal) {
      toast(refusal.detail ?? document.body.dataset.offline, { bad: true });
    }
    button.ariaBusy = "false";
  });
}
