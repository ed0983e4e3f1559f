/* The pager inputs of fixtures/inputs: composed, the mode chosen, the duties that the message serves. */
import { composers } from '../../codecs.ts';
import { chooseMode } from '../../im/mode.ts';
import { composeInputs } from './inputs.ts';
import { inRows, type SectionMaker } from './section.ts';

export const pagerMessages: SectionMaker = async ({ fixtures }) => {
  const composer = composers['pager-message'];
  const { files, rows, wrong } = await composeInputs(
    fixtures,
    (file) => !file.startsWith('large-'),
    composer.compose,
    (message, input, mode) => {
      const decision = chooseMode(message, mode);
      const size = `${decision.octets}${mode.reserve === undefined ? '' : `+${mode.reserve}`}`;
      const served = composer.duties(message, input).filter((duty) => !duty.startsWith('SEL'));
      return { row: [decision.mode, size, decision.duty, served.join(' ')] };
    },
  );
  return {
    title: 'Pager messages',
    summary: `${rows.length} of ${files} composed: mode by size in octets, and the duties that each serves`,
    lines: inRows(rows),
    wrong,
  };
};
