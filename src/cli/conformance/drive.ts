/*
 * Questions put to testees and answers taken, whatever the testees do: one that dies, hangs, floods or talks nonsense
 * is ended and started anew, and the question that did it is found by asking again one at a time. What is kept is
 * bounded by what is under way, never by what a testee writes.
 */
import { utf8 } from '../../core/octets.ts';
import { failed, judge, type Question, requestLine, type Strictness, type Verdict } from '../../vectors/conformance.ts';
import type { Input } from '../io.ts';
import { readLines } from '../testee/lines.ts';

/** One running program that speaks the testee protocol. */
export interface Testee {
  readonly output: Input;
  /** How it ended, in words. Never rejects. */
  readonly ended: Promise<string>;
  /** The end of what it has said on standard error. */
  lastWords(): string;
  send(text: string): void;
  /** Nothing more will be sent. */
  end(): void;
  kill(): void;
}

export interface DriveOptions extends Strictness {
  /** Milliseconds without an answer after which the testee hangs. */
  readonly timeout: number;
  /** How many testees run at the same time. */
  readonly jobs: number;
}

/** What is told of the testee besides its answers. */
export interface Conduct {
  restarts: number;
  /** Lines that answer nothing that was asked. */
  strayLines: number;
  /** Answers that came before an earlier question's. */
  outOfOrder: number;
  /** How it broke while several questions were open, each of which it answered when asked alone. */
  readonly unexplained: string[];
}

/** The program answers nothing at all: it is no testee. */
export class NoTestee extends Error {}

/** Questions that may be open at the same time, and the characters that they may have in all. */
const MOST_OPEN = 64;
const MOST_CHARACTERS = 1024 * 1024;
/** Octets of output without an answer: it floods. */
const FLOOD = 64 * 1024 * 1024;
/** A longer line is no answer. */
const LONGEST_ANSWER = 32 * 1024 * 1024;
/** Breaks without one answer ever, after which it is given up. */
const MOST_STARTS = 3;
/** Milliseconds that a testee has to end by itself. */
const TO_END = 2000;

interface Break {
  readonly kind: 'timeout' | 'crash' | 'flood';
  readonly why: string;
}

/** Puts all questions, and tells the verdict on each as it comes. Throws NoTestee. */
export async function drive(
  questions: Iterable<Question>,
  launch: () => Testee,
  options: DriveOptions,
  tell: (question: Question, verdict: Verdict) => void,
): Promise<Conduct> {
  const conduct: Conduct = { restarts: 0, strayLines: 0, outOfOrder: 0, unexplained: [] };
  const shared = { questions: questions[Symbol.iterator](), answers: 0, breaks: 0 };
  const jobs = Array.from({ length: options.jobs }, () => new Job(shared, launch, options, tell, conduct).run());
  const ended = await Promise.allSettled(jobs);
  for (const job of ended) if (job.status === 'rejected') throw job.reason;
  return conduct;
}

interface Shared {
  readonly questions: Iterator<Question>;
  answers: number;
  breaks: number;
}

interface Open {
  readonly question: Question;
  readonly line: string;
}

/** One testee after the other, and what is open with it. */
class Job {
  readonly #shared: Shared;
  readonly #launch: () => Testee;
  readonly #options: DriveOptions;
  readonly #tell: (question: Question, verdict: Verdict) => void;
  readonly #conduct: Conduct;
  #testee: Testee | undefined;
  #lines: AsyncGenerator<Uint8Array | undefined> | undefined;
  /** Octets of output since the last answer. */
  #silence = 0;
  /** When the last answer came, or the testee was first asked. */
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #late = false;
  readonly #open = new Map<string, Open>();
  #characters = 0;
  /** A question that was taken and had no room. */
  #waiting: Open | undefined;
  /** What was open when a testee broke: asked again one at a time. */
  #suspects: Open[] = [];
  #brokeBy: Break | undefined;
  /** Whether one of them was found to have done it. */
  #explained = false;

  constructor(
    shared: Shared,
    launch: () => Testee,
    options: DriveOptions,
    tell: (question: Question, verdict: Verdict) => void,
    conduct: Conduct,
  ) {
    this.#shared = shared;
    this.#launch = launch;
    this.#options = options;
    this.#tell = tell;
    this.#conduct = conduct;
  }

  async run(): Promise<void> {
    try {
      for (this.#ask(); this.#open.size > 0; this.#ask()) {
        const broke = await this.#listen();
        if (broke !== undefined) this.#blame(broke);
      }
      await this.#finish();
    } finally {
      this.#stop();
    }
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#late = false;
    this.#testee?.kill();
    this.#testee = undefined;
  }

  /** Sends as much as may be open. */
  #ask(): void {
    if (this.#brokeBy !== undefined) {
      if (this.#open.size > 0) return;
      const suspect = this.#suspects.shift();
      if (suspect !== undefined) {
        this.#send(suspect);
        return;
      }
      if (!this.#explained) this.#conduct.unexplained.push(this.#brokeBy.why);
      this.#brokeBy = undefined;
    }
    for (;;) {
      const next = this.#waiting ?? this.#next();
      this.#waiting = next;
      if (next === undefined || this.#open.size >= MOST_OPEN) return;
      if (this.#open.size > 0 && this.#characters + next.line.length > MOST_CHARACTERS) return;
      this.#waiting = undefined;
      this.#send(next);
    }
  }

  #next(): Open | undefined {
    for (let next = this.#shared.questions.next(); next.done !== true; next = this.#shared.questions.next()) {
      const question = next.value;
      const request = requestLine(question);
      if ('line' in request) return { question, line: request.line };
      this.#tell(question, { status: 'skipped', why: request.skipped });
    }
    return undefined;
  }

  #send(open: Open): void {
    if (this.#testee === undefined) {
      this.#testee = this.#launch();
      this.#lines = readLines(this.#metered(this.#testee.output), LONGEST_ANSWER);
      this.#silence = 0;
      this.#since = performance.now();
      this.#watch();
    }
    if (this.#open.size === 0) this.#since = performance.now();
    this.#open.set(open.question.id, open);
    this.#characters += open.line.length;
    this.#testee.send(`${open.line}\n`);
  }

  async *#metered(output: Input): Input {
    for await (const piece of output) {
      this.#silence += piece.length;
      if (this.#silence > FLOOD) return;
      yield piece;
    }
  }

  /** Ends a testee that has been silent too long; one timer serves many answers. */
  #watch(): void {
    const left = this.#since + this.#options.timeout - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#late = this.#open.size > 0 && performance.now() >= this.#since + this.#options.timeout;
        if (this.#late) this.#testee?.kill();
        else this.#watch();
      },
      Math.max(1, left),
    );
  }

  /** Takes one line; tells how the testee broke, where it did. */
  async #listen(): Promise<Break | undefined> {
    const lines = this.#lines as AsyncGenerator<Uint8Array | undefined>;
    // What is ended from here breaks off in the middle.
    const next = await lines.next().catch(() => ({ done: true as const, value: undefined }));
    if (next.done !== true) {
      this.#take(next.value);
      return undefined;
    }
    if (this.#late) return { kind: 'timeout', why: `no answer within ${this.#options.timeout / 1000} s` };
    if (this.#silence > FLOOD) return { kind: 'flood', why: `more than ${FLOOD} octets that answer nothing` };
    const { ended, lastWords } = this.#testee as Testee;
    const how = await within(ended, TO_END);
    const words = lastWords().split('\n').at(-1);
    return { kind: 'crash', why: `${how === 'late' ? 'its output ended' : how}${words === '' ? '' : `: ${words}`}` };
  }

  #take(line: Uint8Array | undefined): void {
    const answer = line === undefined ? undefined : readAnswer(line);
    const [oldest] = this.#open.keys();
    // A testee that could not read the line cannot tell its id; answers come in the order of the questions.
    const id = answer?.id === null ? oldest : answer?.id;
    const open = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (answer === undefined || open === undefined) {
      this.#conduct.strayLines++;
      return;
    }
    if (id !== oldest) this.#conduct.outOfOrder++;
    this.#shared.answers++;
    this.#silence = 0;
    this.#since = performance.now();
    this.#close(open, judge(open.question, answer, this.#options));
  }

  #close({ question, line }: Open, verdict: Verdict): void {
    this.#open.delete(question.id);
    this.#characters -= line.length;
    this.#tell(question, verdict);
  }

  /** Ends the testee. A question that was open alone did it; of several, each is asked again alone. */
  #blame(broke: Break): void {
    this.#stop();
    this.#conduct.restarts++;
    this.#shared.breaks++;
    if (this.#shared.answers === 0 && this.#shared.breaks >= MOST_STARTS) throw new NoTestee(broke.why);
    const [first, ...more] = this.#open.values();
    if (first !== undefined && more.length === 0) {
      this.#explained = true;
      this.#close(first, failed(broke.kind, broke.why));
      return;
    }
    this.#suspects = [...this.#open.values()];
    this.#brokeBy = broke;
    this.#explained = false;
    this.#open.clear();
    this.#characters = 0;
  }

  /** Lets the testee end by itself. */
  async #finish(): Promise<void> {
    if (this.#testee === undefined) return;
    this.#testee.end();
    await within(this.#testee.ended, TO_END);
  }
}

const BRACE = 0x7b;

/** The answer that the line holds; `undefined` where it holds none, told without an exception where lines are many. */
function readAnswer(line: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  if (line[line.findIndex((octet) => octet > 0x20)] !== BRACE) return undefined;
  try {
    return JSON.parse(utf8(line) ?? '') as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** What the promise gives, or 'late' when the milliseconds are over. */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds), 'late');
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
