// `fast-xml-parser`: the XML documents, as far as a reader of XML can tell: well-formed, and of the right root element.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { INVALID, serve, valid } from './serve.mjs';

const parser = new XMLParser({ ignoreDeclaration: true, ignorePiTags: true, ignoreAttributes: false });

function document(root) {
  return (octets) => {
    const text = octets.toString();
    if (XMLValidator.validate(text) !== true) return INVALID;
    const names = Object.keys(parser.parse(text)).map((name) => name.split(':').at(-1));
    return names.length === 1 && names[0] === root ? valid() : INVALID;
  };
}

serve({
  imdn: document('imdn'),
  iscomposing: document('isComposing'),
  'resource-lists': document('resource-lists'),
});
