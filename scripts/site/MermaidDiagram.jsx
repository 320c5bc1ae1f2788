import { useDark } from '@rspress/core/runtime';
import { useEffect, useRef } from 'react';

/** A diagram in the colors of the site. Shows its code until it is drawn, and without JavaScript. */
export default function MermaidDiagram({ code }) {
  const diagram = useRef(null);
  const isDark = useDark();
  useEffect(() => {
    import('mermaid').then(({ default: mermaid }) => {
      mermaid.initialize({ startOnLoad: false, theme: isDark ? 'dark' : 'default' });
      return mermaid.run({ nodes: [diagram.current] });
    });
  }, [isDark]);
  // Mermaid replaces the code. A new element has the code again.
  return (
    <pre key={String(isDark)} ref={diagram}>
      {code}
    </pre>
  );
}
