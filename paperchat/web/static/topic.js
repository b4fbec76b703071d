// The table of the papers on one subject: Gradio's own field is filled in as by hand, once it is there.

const PATIENCE = 100; // ms between two looks

/** The table tells of topics once they are found: what is chosen before would be overtaken by its rows. */
const knowsTopics = () => [...document.querySelectorAll("#pc-table th")].some((head) => head.textContent.trim() === "Topic");

const chooseTopic = (topic) => {
  const field = document.querySelector("#pc-topic input");
  if (!isShown()) return;
  if (!field || !knowsTopics()) return setTimeout(chooseTopic, PATIENCE, topic);
  field.focus();
  field.value = topic;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  field.blur();
};

hear("browse-topic", (topic) => {
  tell("browse");
  chooseTopic(topic);
});
