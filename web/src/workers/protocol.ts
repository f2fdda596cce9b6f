// SPDX-License-Identifier: MIT
import type { DeviceSpan } from '#engine/run/device-origins.ts';
import type { Execution, MachineState } from '#engine/run/types.ts';
import type { Chosen } from '#engine/view/chosen.ts';
import type { Accepted, Follows } from '#engine/view/follow.ts';
import type { SummaryColumns } from '#engine/view/summary.ts';
import type { XRay } from '#engine/view/xray/types.ts';
import type { Revision } from '#engine/kernel/features.ts';
import type { ScenarioPart } from '#engine/scenario/part.ts';

/** The messages between the page and the engine's worker. Every question has a number that its answer repeats. */
export type Question =
  /** verdictOnly: log lines are left out, for a verdict that need not wait for the code that makes them. */
  | { kind: 'run'; seq: number; part: ScenarioPart; chosen: Chosen; verdictOnly: boolean }
  /** Load what whole runs need: one will be asked for. Nothing comes back. */
  | { kind: 'rest'; seq: number }
  | { kind: 'detail'; seq: number; chosen: Chosen }
  /** The page asked for the core of a revision itself, and will send the result. Nothing comes back. */
  | { kind: 'coming'; seq: number; revision: Revision }
  /** The core that the page asked for; null if it did not load. */
  | { kind: 'came'; seq: number; revision: Revision; bytes: ArrayBuffer | null }
  /** From now on this core answers, whatever revision is asked for. Nothing comes back. */
  | { kind: 'core'; seq: number; module: WebAssembly.Module }
  | Look;

/** A closer look at the run that is there: answered beside the others, and changing nothing. */
export type Look =
  /** The mappings that were accepted up to and with an execution. */
  | { kind: 'xray'; seq: number; execution: number }
  /** Bytes of a device as an execution left them, and where they come from. */
  | { kind: 'peek'; seq: number; execution: number; device: string; at: bigint; lengthBytes: number }
  /** The document of this text, with the answers of the run as its replies. */
  | { kind: 'captured'; seq: number; text: string }
  /** What follows from each of them. */
  | { kind: 'follows'; seq: number; of: Accepted[] }
  /** The text card of a step, with the link in it that was made for it. */
  | { kind: 'card'; seq: number; step: number; link: string; base: string };

export type Answer =
  /** All that the run needs is loaded; from here on it is the run that takes time. */
  | { kind: 'running'; seq: number }
  | { kind: 'run'; seq: number; summary: SummaryColumns; detail: Detail | null }
  | { kind: 'detail'; seq: number; detail: Detail | null }
  | LookAnswer
  /** missing: a core did not load; the engine goes on with the run that it has. */
  | { kind: 'failed'; seq: number; message: string; missing: boolean };

/** Null if the run has no such execution any more. */
export type LookAnswer =
  | { kind: 'xray'; seq: number; xray: XRay | null }
  | { kind: 'peek'; seq: number; bytes: Uint8Array | null; origins: DeviceSpan[] }
  | { kind: 'follows'; seq: number; all: Follows[] | null }
  | { kind: 'card'; seq: number; text: string | null }
  | { kind: 'captured'; seq: number; text: string | null };

/** One execution with everything that its views need. */
export interface Detail {
  execution: Execution;
  before: MachineState;
  after: MachineState;
}
