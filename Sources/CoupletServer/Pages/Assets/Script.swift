/// The desk's script: every page works without it.
enum Script {
    /// All of it, one module.
    static let module = """
        // @ts-check
        /** Times in the reader's own zone. */
        function localTimes() {
          const format = new Intl.DateTimeFormat(document.documentElement.lang === "sv" ? "sv-SE" : "en-GB",
            { dateStyle: "medium", timeStyle: "short" });
          for (const time of document.querySelectorAll("time[datetime]")) {
            const at = new Date(time.getAttribute("datetime") || "");
            if (isNaN(at.getTime())) continue;
            /** @type {HTMLElement} */ (time).title = time.textContent || "";
            time.textContent = format.format(at);
          }
        }

        /** Alt+Q goes to the search, / too where nobody types. */
        function keys() {
          document.addEventListener("keydown", event => {
            const target = /** @type {HTMLElement} */ (event.target);
            const types = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.getAttribute("type") !== "radio"
              && target.getAttribute("type") !== "checkbox";
            if ((event.altKey && event.key.toLowerCase() === "q") || (event.key === "/" && !types)) {
              event.preventDefault();
              /** @type {HTMLInputElement | null} */ (document.querySelector("#tell"))?.focus();
              return;
            }
            if (types || event.altKey || event.ctrlKey || event.metaKey) return;
            const marked = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
            if (!marked) return;
            event.preventDefault();
            if (marked instanceof HTMLInputElement) {
              for (const other of document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)) {
                /** @type {HTMLInputElement} */ (other).checked = true;
              }
              return;
            }
            marked.click();
          });
        }

        /** One box ticks all of its table. */
        function ticks() {
          for (const all of document.querySelectorAll("input[data-all]")) {
            const boxes = () => /** @type {NodeListOf<HTMLInputElement>} */ (
              all.closest("table")?.querySelectorAll("tbody input[type=checkbox]"));
            all.addEventListener("change", () => {
              for (const box of boxes()) box.checked = /** @type {HTMLInputElement} */ (all).checked;
            });
          }
        }

        /** Filters that apply as they are chosen. */
        function filters() {
          for (const form of document.querySelectorAll("form[data-live]")) {
            for (const select of form.querySelectorAll("select")) {
              select.addEventListener("change", () => /** @type {HTMLFormElement} */ (form).requestSubmit());
            }
          }
        }

        /** How far a running action is. */
        function progress() {
          const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-action]"));
          if (!place) return;
          const source = new EventSource(`/api/v1/actions/${place.dataset.action}/events`);
          const text = place.querySelector("[data-text]"), bar = place.querySelector("progress");
          source.addEventListener("progress", event => {
            const news = JSON.parse(/** @type {MessageEvent} */ (event).data);
            if (text) text.textContent = [news.mapping, place.dataset[news.stage],
              news.total ? `${news.done} / ${news.total}` : news.done || ""].filter(Boolean).join(" · ");
            if (bar && news.total) { bar.max = news.total; bar.value = news.done; }
          });
          source.addEventListener("end", () => { source.close(); location.reload(); });
        }

        /** Narrow windows begin with the navigation closed. */
        function navigation() {
          const details = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".nav details"));
          const wide = matchMedia("(min-width: 861px)");
          const set = () => { if (details) details.open = wide.matches; };
          wide.addEventListener("change", set);
          set();
        }

        /** A button that asks once more. */
        function confirmations() {
          for (const button of document.querySelectorAll("[data-confirm]")) {
            button.addEventListener("click", event => {
              if (!confirm(/** @type {HTMLElement} */ (button).dataset.confirm)) event.preventDefault();
            });
          }
        }

        /** Says what is wrong with a form while somebody types, as its own check would. */
        function checks() {
          for (const element of document.querySelectorAll("form[data-check]")) {
            const form = /** @type {HTMLFormElement} */ (element), place = form.querySelector("[data-outcome]");
            let timer = 0, present = new AbortController();
            form.addEventListener("input", () => {
              clearTimeout(timer);
              timer = setTimeout(async () => {
                // What was typed since is what counts.
                present.abort();
                const own = present = new AbortController(), values = new URLSearchParams();
                for (const [name, value] of new FormData(form)) values.append(name, String(value));
                values.set("do", "preview");
                try {
                  const answer = await fetch(form.action, { method: "POST", body: values, signal: own.signal });
                  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                  place?.replaceChildren(...page.querySelectorAll("main > .banner.bad"));
                } catch (error) {
                  if (!own.signal.aborted) throw error;
                }
              }, 400);
            });
          }
        }

        navigation(); localTimes(); keys(); ticks(); filters(); progress(); confirmations(); checks();

        """
}
