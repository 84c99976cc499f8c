// The dial: who writes when, as people set it and as requests and permalinks say it.

import type { Offload } from "../api/documents";
import { percent, signed } from "../text/numbers";

export type PolicyName = "" | "learned" | "small" | "large" | "random" | "entropy";

export const AS_CONFIGURED: Offload = { policy: null, bias: null, max_ratio: null, mode: null };

export const POLICIES: { name: PolicyName; label: string; parameter: { usual: number; step: number; most: number } | null }[] = [
  { name: "", label: "As configured", parameter: null },
  { name: "learned", label: "Learned tags", parameter: null },
  { name: "small", label: "Small model alone", parameter: null },
  { name: "large", label: "Large model alone", parameter: null },
  { name: "random", label: "Random tokens", parameter: { usual: 0.1, step: 0.01, most: 1 } },
  { name: "entropy", label: "Entropy above", parameter: { usual: 1, step: 0.1, most: 10 } },
];

/** A policy's name and its number, of which only two have one. */
export function policyOf(offload: Offload): { name: PolicyName; parameter: number | null } {
  const [name, number] = (offload.policy ?? "").split(":");
  return { name: (name ?? "") as PolicyName, parameter: number === undefined ? null : Number(number) };
}

/** The dial with another policy; what the new policy does not know falls back to what is configured. */
export function withPolicy(offload: Offload, name: PolicyName, parameter?: number): Offload {
  const usual = POLICIES.find((policy) => policy.name === name)?.parameter?.usual;
  const number = parameter ?? usual;
  const policy = name === "" ? null : number === undefined ? name : `${name}:${number}`;
  return {
    ...offload,
    policy,
    bias: takesBias(name) ? offload.bias : null,
    max_ratio: takesCap(name) ? offload.max_ratio : null,
  };
}

/** The bias is the open tag's, which only the learned policy draws. */
export function takesBias(name: PolicyName): boolean {
  return name === "" || name === "learned";
}

export function takesCap(name: PolicyName): boolean {
  return name !== "small" && name !== "large";
}

/** The dial in a few words: "Learned tags, bias +2, at most 10 %". */
export function labelOf(offload: Offload): string {
  const { name, parameter } = policyOf(offload);
  const policy = POLICIES.find((known) => known.name === name)?.label ?? offload.policy ?? "";
  const number = name === "random" ? percent(parameter ?? 0) : name === "entropy" ? `${parameter} nats` : "";
  return [
    `${policy} ${number}`.trim(),
    offload.bias ? `bias ${signed(offload.bias)}` : "",
    offload.max_ratio === null ? "" : `at most ${percent(offload.max_ratio)}`,
    offload.mode === "sequential" ? "sequential" : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}
