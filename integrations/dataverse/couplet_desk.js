// @ts-check
/**
 * Commands that lead from a form or a view to the desk of Couplet, as a web resource of Dataverse.
 *
 * Nothing is read or written here: a page of the desk is opened, which asks for a sign-in and says what can be done.
 */
"use strict";

var Couplet = Couplet || {};

(function (couplet) {
  /** The most records that an address of the desk names. */
  const most = 200;

  /** What is said, by the code of a language; English where there is none. */
  const words = {
    1033: {
      address: "The command does not say where the desk of Couplet is. An administrator gives its address.",
      nothing: "Save the record first, or pick one in the list.",
      tooMany: `Pick at most ${most} records at a time.`,
    },
    1053: {
      address: "Kommandot anger inte var Couplets skrivbord finns. En administratör anger adressen.",
      nothing: "Spara posten först, eller välj en i listan.",
      tooMany: `Välj högst ${most} poster åt gången.`,
    },
  };

  /** @param {"address" | "nothing" | "tooMany"} code */
  function alert(code) {
    const language = Xrm.Utility.getGlobalContext().userSettings.languageId;
    const text = (words[language] || words[1033])[code];
    return Xrm.Navigation.openAlertDialog({ text });
  }

  /** An id as addresses have it: small letters, no braces. @param {string} id */
  function bare(id) {
    return id.replace(/[{}]/g, "").toLowerCase();
  }

  /**
   * The desk's address for records of a table.
   * @param {string} desk The desk's own address.
   * @param {string} table The table's logical name.
   * @param {string[]} ids The records.
   * @param {string} deed `open`, `coupling`, `synchronize`, `matching`, `uncouple` or `log`.
   */
  couplet.address = function (desk, table, ids, deed) {
    const base = `${desk.replace(/\/+$/, "")}/open/dataverse/${encodeURIComponent(table)}`;
    if (deed === "open" && ids.length === 1) return `${base}/${bare(ids[0])}`;
    const query = ids.map((id) => `id=${bare(id)}`).join("&");
    return `${base}?do=${encodeURIComponent(deed)}&${query}`;
  };

  /** @param {string} desk @param {string} table @param {string[]} ids @param {string} deed */
  function go(desk, table, ids, deed) {
    if (!/^https?:\/\/[^\s/]/i.test(desk || "")) return alert("address");
    if (ids.length === 0) return alert("nothing");
    if (ids.length > most) return alert("tooMany");
    return Xrm.Navigation.openUrl(couplet.address(desk, table, ids, deed));
  }

  /**
   * A command of a form: its record.
   * @param {any} form The form (`PrimaryControl`).
   * @param {string} desk The desk's address.
   * @param {string} deed What is to be done.
   */
  couplet.form = function (form, desk, deed) {
    const entity = form.data.entity;
    const id = entity.getId();
    return go(desk, entity.getEntityName(), id ? [id] : [], deed);
  };

  /**
   * A command of a view or a grid: the records that are picked.
   * @param {{Id: string, TypeName: string}[]} picked The records (`SelectedControlSelectedItemReferences`).
   * @param {string} desk The desk's address.
   * @param {string} deed What is to be done.
   */
  couplet.picked = function (picked, desk, deed) {
    const table = picked.length > 0 ? picked[0].TypeName : "";
    return go(desk, table, picked.filter((one) => one.TypeName === table).map((one) => one.Id), deed);
  };
})(Couplet);
