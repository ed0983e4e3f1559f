/*
 *   a=sendrecv / a=sendonly / a=recvonly / a=inactive                                       RFC 4566 6
 *
 * Which way a medium goes, seen from who wrote the session. What the medium says counts, else what the session says, else
 * it goes both ways.
 */
import { ok, type Result, refuse } from '../core/result.ts';
import { countProperty } from './access.ts';
import type { SdpMedia, SdpSection, SdpSession } from './session.ts';

export const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/**
 * The direction of a medium. Refused where a section has more than one.
 *
 * @duty LM-E5a (parse)
 */
export function direction(medium: SdpMedia, session: SdpSession): Result<Direction> {
  const own = directionOf(medium);
  if (!own.ok || own.value !== undefined) return own as Result<Direction>;
  const common = directionOf(session);
  if (!common.ok) return common;
  return ok(common.value ?? 'sendrecv');
}

/** The direction that the section itself has. */
function directionOf(section: SdpSection): Result<Direction | undefined> {
  let found: Direction | undefined;
  for (const name of DIRECTIONS) {
    const count = countProperty(section, name);
    if (count === 0) continue;
    if (found !== undefined || count > 1) {
      const expected = 'one direction';
      return refuse({ code: 'duplicate', rule: 'attribute', clause: 'RFC4566-6', offset: 0, expected });
    }
    found = name;
  }
  return ok(found);
}

/** What the other side sees. */
export function inverse(direction: Direction): Direction {
  return direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction;
}
