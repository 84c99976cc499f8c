import { describe, expect, test } from "vitest";
import { type AuthoredPart, blocksOf } from "../src/text/blocks";
import { elementsOf } from "../src/text/prose";

const small = (text: string): AuthoredPart => ({ author: "small", text });
const large = (text: string): AuthoredPart => ({ author: "large", text });

function rendered(...parts: AuthoredPart[]): HTMLElement {
  const root = document.createElement("div");
  for (const block of blocksOf(parts)) root.append(elementsOf(block));
  return root;
}

function byLarge(root: HTMLElement): string[] {
  return [...root.querySelectorAll(".by-large")].map((element) => element.textContent ?? "");
}

describe("who wrote what", () => {
  test("is marked within words, across formatting and over blocks", () => {
    const root = rendered(small("1"), large("77"), small("6 is **bo"), large("ld** and\n\nmore"), small(" text"));
    expect(root.textContent?.replace(/\s+/g, " ").trim()).toBe("1776 is bold and more text");
    expect(byLarge(root)).toEqual(["77", "ld", " and", "more"]);
  });

  test("does not hide what begins a list or a heading", () => {
    const root = rendered(small("So:\n\n"), large("- one\n- two\n"));
    expect(root.querySelectorAll("li")).toHaveLength(2);
    expect(byLarge(root)).toEqual(["one", "two"]);
  });

  test("is told of mathematics as a whole", () => {
    const root = rendered(small("It is $x^"), large("2$"), small(" and $y$."));
    const formulas = [...root.querySelectorAll("[data-tex]")];
    expect(formulas.map((formula) => formula.className)).toEqual(["by-large", ""]);
    expect(formulas[0]?.querySelector(".katex")).not.toBeNull();
  });
});

describe("models' text", () => {
  test("has products, not emphasis, where digits are multiplied", () => {
    const root = rendered(small("37*48=1776\n20*12=0240"));
    expect(root.querySelector("em")).toBeNull();
    expect(root.textContent?.trim()).toBe("37*48=177620*12=0240");
    expect(root.querySelectorAll("br")).toHaveLength(1);
  });

  test("has a boxed answer without dollars, and prices are no mathematics", () => {
    expect(rendered(small("\\boxed{40}")).querySelectorAll(".katex")).toHaveLength(1);
    expect(rendered(small("It costs $5 or $6.")).querySelectorAll(".katex")).toHaveLength(0);
  });

  test("is shown as it stands where its TeX is wrong", () => {
    expect(rendered(small("$\\frac{1$")).querySelector(".katex")).toBeNull();
  });

  test("runs no script, loads nothing, and leads to web pages only", () => {
    const root = rendered(small('<img src=x onerror="alert(1)"> ![a](http://x/y.png) [b](javascript:alert(1)) <b onclick=1>c</b>'));
    expect(root.querySelector("img, script, b, [onclick], [onerror]")).toBeNull();
    expect([...root.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["http://x/y.png", null]);
    expect(root.textContent).toContain("<img src=x");
  });
});

describe("blocks", () => {
  test("end at empty lines, but not within code or display mathematics", () => {
    const texts = blocksOf([small("a\n\n```\nb\n\nc\n```\n\n$$\nd\n\ne\n$$\nf")]).map((block) => block.text);
    expect(texts).toEqual(["a\n\n", "```\nb\n\nc\n```\n\n", "$$\nd\n\ne\n$$\nf"]);
  });

  test("stay the same while a text grows behind them", () => {
    const before = blocksOf([small("a\n\nb")]);
    const after = blocksOf([small("a\n\nb"), large(" c")]);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toEqual({ text: "b c", large: [[1, 3]] });
  });
});
