import { literalText } from '../../../cli/adopt/match/terraform-text';
import { escapeTemplates } from '../../../lib/core/terraform-text';

test.each(['plain', '${x}', '%{x}', '$${', '$$${x}', '%%{', '$', 'a\rb', '"quoted" \\ ${"x"}', 'é ☃'])(
  '%j is the same after escaping',
  (text) => {
    expect(literalText(escapeTemplates(text))).toBe(text);
  },
);

test.each(['${konnect_api.x.id}', 'a ${var.x} b', '%{ if true }x%{ endif }'])(
  '%j is evaluated',
  (template) => {
    expect(literalText(template)).toBeUndefined();
  },
);
