// The player of Changdu as an element of the page; see docs/player.md.

declare global {
  interface HTMLElementTagNameMap {
    "changdu-player": ChangduPlayer;
  }
  interface GlobalEventHandlersEventMap {
    "changdu-play": CustomEvent<true>;
    "changdu-pause": CustomEvent<false>;
    "changdu-sentence": CustomEvent<string | null>;
    "changdu-ready": CustomEvent<null>;
    "changdu-end": CustomEvent<null>;
    "changdu-error": CustomEvent<string>;
  }
}

export interface ChangduPlayer extends HTMLElement {
  /** Reads on, or from a sentence, by its id. */
  play(sentence?: string): Promise<void>;
  pause(): void;
  next(): void;
  previous(): void;
  readonly paused: boolean;
  /** The id of the sentence being read. */
  readonly sentence: string | null;
  readonly track: Track | null;
}

/** A reading, as `GET /tracks/{id}` gives it. Times are in milliseconds. */
export interface Track {
  id: string;
  article: string;
  state: "working" | "ready" | "failed";
  language: string;
  voice: { id: string; name: string; locale: string; synthesizer: string; online: boolean };
  /** The id of the voice that was asked for, and how fast it speaks. */
  asked: string;
  rate: number;
  /** That another voice reads than the one asked for, in words for the listener. */
  fallback: { from: string; reason: { zh: string; "zh-Hant": string; en: string } } | null;
  duration_ms: number | null;
  /** How long the sound is likely to be. */
  expected_ms: number | null;
  audio: string;
  opus: string;
  timeline: string;
  captions: string;
  timings: "measured" | "estimated";
  /** Why it failed (RFC 9457). */
  problem: { type: string; title: string; status: number; detail: string; zh: string; "zh-Hant": string; en: string } | null;
  /** Whether `segments` are all there will be. */
  complete: boolean;
  segments: Segment[];
  /** The written text of each sentence, by its id. */
  sentences: Record<string, string>;
}

export interface Segment {
  n: number;
  state: "waiting" | "ready" | "failed";
  href: string;
  start_ms: number | null;
  duration_ms: number | null;
  cues: Cue[];
}

/** Counted from its segment's start. */
export interface Cue {
  sentence: string;
  start_ms: number;
  end_ms: number;
  /** Offset and length in the sentence's characters, start and end. */
  words: [number, number, number, number][];
}
