import { List } from "lucide-react";
import type { Section } from "../../api/types";
import kit from "./Content.module.css";
import classes from "./Interactive.module.css";

interface ListProps {
  button: string;
  sections: Section[];
  /** Unfolded from the start: while it is put together. */
  open: boolean;
}

/** A list as it was sent: folded, as on the customer's phone, and all of it for whoever opens it. */
export function ListChoices({ button, sections, open }: ListProps) {
  return (
    <details className={classes.choices} open={open}>
      <summary>
        <List size={14} /> {button}
      </summary>
      {sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent never changes order
        <div key={index}>
          {section.title && <p className={classes.header}>{section.title}</p>}
          <ul>
            {(section.rows ?? []).map((row) => (
              <li key={row.id ?? row.title}>
                <bdi>{row.title}</bdi>
                {row.description && <bdi className={kit.small}>{row.description}</bdi>}
              </li>
            ))}
            {(section.products ?? []).map((product) => (
              <li key={product}>
                <bdi>{product}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
}
