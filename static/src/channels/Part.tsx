import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./Part.module.css";

interface PartProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

/** One subject of the page under its heading. */
export function Part({ title, action, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.partHead}>
        <h3>{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface DeedProps {
  onClick: () => void;
  busy?: boolean;
  children: ReactNode;
}

export function Deed({ onClick, busy, children }: DeedProps) {
  return (
    <Button variant="default" size="compact-sm" onClick={onClick} loading={busy}>
      {children}
    </Button>
  );
}
