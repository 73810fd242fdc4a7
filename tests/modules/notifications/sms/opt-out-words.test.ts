import { describe, expect, it } from "vitest";
import { LOCALES } from "#app/lib/i18n.ts";
import { segmentsOf } from "#app/modules/notifications/sms/count-segments.ts";
import { answerTo, dressText } from "#app/modules/notifications/sms/opt-out-texts.ts";
import { isAnsweredByTwilio, readKeyword } from "#app/modules/notifications/sms/opt-out-words.ts";

describe("hearing a wish", () => {
  it.each([
    "STOP",
    "stop",
    " Stop. ",
    "STOP!!!",
    "«Stop»",
    "stop 🛑",
    "🛑",
    "Stop, please",
    "please stop texting me",
    "s\u0074o\u0301p",
    "ＳＴＯＰ",
    "STOPALL",
    "opt-out",
    "Opt out",
    "unsubscribe",
    "Quit",
    "Arrêt",
    "ARRÊTER svp",
    "Abmelden",
    "bitte keine SMS mehr, stopp",
    "BAJA",
    "annulla",
    "SAIR",
    "afmelden aub",
    "停止",
    "ストップ",
    "配信停止。",
    "stop\nstop",
  ])("%s is STOP", (body) => {
    expect(readKeyword(body)?.keyword).toBe("stop");
  });

  it.each([
    ["START", "start"],
    ["unstop!", "start"],
    ["Yes", "start"],
    ["再開", "start"],
    ["alta", "start"],
    ["HELP", "help"],
    ["Hilfe?", "help"],
    ["ヘルプ", "help"],
    ["info", "help"],
  ])("%s is %s", (body, keyword) => {
    expect(readKeyword(body)?.keyword).toBe(keyword);
  });

  it.each([
    "",
    "👍",
    "Where is my parcel?",
    "Can you stop by the neighbour's door",
    "Please cancel my order",
    "yes it arrived",
    "Is this the end of it?",
    "no",
    "Danke!",
    "Help me find my parcel please",
    "no puedo parar de esperar el paquete",
  ])("%s is neither", (body) => {
    expect(readKeyword(body)).toBeNull();
  });

  it("knows the language of the word", () => {
    expect(readKeyword("Arrêt")?.locale).toBe("fr");
    expect(readKeyword("abmelden")?.locale).toBe("de");
    expect(readKeyword("stop bitte")?.locale).toBe("en");
    expect(readKeyword("停止")?.locale).toBe("ja");
  });

  it("knows what Twilio answers by itself", () => {
    const sms = { whatsapp: false, optOutType: null };
    expect(isAnsweredByTwilio(" stop ", sms)).toBe(true);
    expect(isAnsweredByTwilio("Stop.", sms)).toBe(false);
    expect(isAnsweredByTwilio("STOP", { ...sms, whatsapp: true })).toBe(false);
    expect(isAnsweredByTwilio("Arrêt", { ...sms, optOutType: "STOP" })).toBe(true);
  });
});

describe("the words of opting out", () => {
  it.each(LOCALES)("in %s fill in the shop and stay within two parts", (locale) => {
    for (const keyword of ["stop", "start", "help"] as const) {
      const text = answerTo(keyword, { brand: "Northpeak", contact: "help@northpeak.example", locale });
      expect(text).toContain("Northpeak");
      expect(text).not.toMatch(/[{}]/);
      expect(segmentsOf(text).segments).toBeLessThanOrEqual(2);
    }
  });

  const opening = { brand: "Northpeak", locale: "en", first: true, answerable: true, optOutUrl: null } as const;

  it("stand in the first text to a person and in no other", () => {
    expect(dressText("Your order is on its way.", opening)).toBe(
      "Northpeak: Your order is on its way. Reply STOP to opt out.",
    );
    expect(dressText("Your order is on its way.", { ...opening, first: false })).toBe("Your order is on its way.");
  });

  it("name the shop once, and offer a link where nobody can answer", () => {
    const named = { ...opening, answerable: false, optOutUrl: "https://s.example/u/1" };
    expect(dressText("NORTHPEAK: out for delivery", named)).toBe(
      "NORTHPEAK: out for delivery Opt out: https://s.example/u/1",
    );
    expect(dressText("Out for delivery", { ...named, optOutUrl: null })).toBe("Northpeak: Out for delivery");
  });

  it.each(LOCALES)("make a text of a merchant say how to stop only once in %s", (locale) => {
    const once = dressText("On its way", { ...opening, locale });
    expect(dressText(once, { ...opening, locale })).toBe(once);
  });
});
