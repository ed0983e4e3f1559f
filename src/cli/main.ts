#!/usr/bin/env node
/* The program `oma-im`. */
import { processIo } from './process-io.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), processIo());
