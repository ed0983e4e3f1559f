import type { Limits } from './limits.ts';
import type { Tolerance } from './tolerance.ts';

export interface ParseOptions {
  /** What to tolerate; nothing by default. */
  readonly tolerances?: readonly Tolerance[] | undefined;
  /** Limits that shall differ from the defaults. */
  readonly limits?: Partial<Limits> | undefined;
}
