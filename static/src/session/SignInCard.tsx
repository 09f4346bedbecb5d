import type { ReactNode } from "react";
import { Logo } from "../components/Logo";
import { usePageTitle } from "../components/usePageTitle";
import { LocaleSwitch } from "./LocaleSwitch";
import styles from "./SignIn.module.css";
import "./words";

interface SignInCardProps {
  title: string;
  lead: string;
  children: ReactNode;
}

/** What everybody sees who is not in yet. */
export function SignInCard({ title, lead, children }: SignInCardProps) {
  usePageTitle(title);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Logo size={28} />
          <span>Kefu</span>
        </div>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </div>
      <LocaleSwitch />
    </main>
  );
}
