/* `npm start`. */
import { fileURLToPath } from 'node:url';
import { processIo } from './process-io.ts';
import { showScreen } from './start/screen.ts';

process.exitCode = await showScreen(processIo(), fileURLToPath(new URL('../../fixtures', import.meta.url)));
