import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { type KeyboardEvent, type SubmitEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ApiError } from "../api/client";
import type { Session, SignInStep as Step } from "../api/types";
import { useLateEnter } from "../components/useLateEnter";
import { passkeysWork } from "../factor/passkey";
import { wordsOf } from "../factor/useCodeForm";
import type { Over } from "./over";
import { RecoveryCodes } from "./RecoveryCodes";
import { SignedOutWhy } from "./SignedOutWhy";
import styles from "./SignIn.module.css";
import { SignInCard } from "./SignInCard";
import { useStepPasskey } from "./steps/queries";
import { SignInStep } from "./steps/SignInStep";
import { useArrival, useSignIn } from "./useSignIn";

const REMEMBERED_EMAIL = "kefu.email";

interface Problems {
  email?: string;
  password?: string;
  general?: { message: string; remedy: string | null };
}

function problemsOf(error: unknown, unknownMessage: string): Problems {
  if (!(error instanceof ApiError)) return { general: { message: unknownMessage, remedy: null } };
  const { field, message, remedy } = error;
  if (field === "email" || field === "password") return { [field]: message };
  return { general: { message, remedy } };
}

/** What is typed, what is wrong with it, and sending it off. */
function useSignInForm(onDone: (session: Session) => void) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [email, setEmail] = useState(() => localStorage.getItem(REMEMBERED_EMAIL) ?? "");
  const [password, setPassword] = useState("");
  const [problems, setProblems] = useState<Problems>({});
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  const fail = (found: Problems) => {
    setProblems(found);
    (found.email ? emailInput : passwordInput).current?.focus();
  };
  const send = () => {
    if (!email.trim() || !password) {
      return fail({
        email: email.trim() ? undefined : t("signIn.emailMissing"),
        password: password ? undefined : t("signIn.passwordMissing"),
      });
    }
    setProblems({});
    signIn.mutate(
      { email: email.trim(), password },
      {
        onSuccess: (session) => {
          localStorage.setItem(REMEMBERED_EMAIL, email.trim());
          onDone(session);
        },
        onError: (error) => fail(problemsOf(error, t("error.unknown"))),
      },
    );
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send();
  };
  /** What was wrong with what stood there says nothing about what is typed now. */
  const type = (field: "email" | "password", text: string) => {
    (field === "email" ? setEmail : setPassword)(text);
    setProblems(({ [field]: _said, ...others }) => others);
  };
  const { isPending, isError, variables: sent } = signIn;
  const changed = isError && (sent?.email !== email.trim() || sent?.password !== password);
  const { onKeyDown } = useLateEnter({ busy: isPending, changed, send });
  const fields = { email, password, type, emailInput, passwordInput };
  return { ...fields, problems, submit, onKeyDown, isPending };
}

type Form = ReturnType<typeof useSignInForm>;

interface SignInPageProps {
  expired: boolean;
  /** The password was right; this is asked for besides. */
  step: Step | null;
  over: Over | null;
}

export default function SignInPage({ expired, over, step }: SignInPageProps) {
  const arrive = useArrival();
  const [kept, setKept] = useState<Session | null>(null);
  const onDone = (session: Session) =>
    session.recovery_codes?.length ? setKept(session) : arrive(session);
  if (kept?.recovery_codes?.length) {
    return <RecoveryCodes codes={kept.recovery_codes} onKept={() => arrive(kept)} />;
  }
  if (step) {
    return <SignInStep step={step} onDone={onDone} onBack={() => arrive({ user: null })} />;
  }
  return <PasswordPage expired={expired} over={over} onDone={onDone} />;
}

interface PasswordPageProps {
  expired: boolean;
  over: Over | null;
  onDone(session: Session): void;
}

function PasswordPage({ expired, over, onDone }: PasswordPageProps) {
  const { t } = useTranslation();
  const form = useSignInForm(onDone);
  const [remembered] = useState(form.email !== "");
  const { general } = form.problems;
  return (
    <SignInCard title={t("signIn.title")} lead={t("signIn.lead")}>
      {(expired || over) && !general && <SignedOutWhy over={over} />}
      {general && (
        <Alert color="red" role="alert" title={general.message} className={styles.problem}>
          {general.remedy}
        </Alert>
      )}
      <form className={styles.form} onSubmit={form.submit} onKeyDown={form.onKeyDown} noValidate>
        <EmailField form={form} autoFocus={!remembered} />
        <PasswordField form={form} autoFocus={remembered} />
        <Button type="submit" fullWidth loading={form.isPending} mt={4}>
          {t("signIn.submit")}
        </Button>
      </form>
      <PasskeyButton onDone={onDone} />
      <Link href="/forgot-password" className={styles.link}>
        {t("signIn.forgot")}
      </Link>
    </SignInCard>
  );
}

/** Instead of the password; not offered where browsers know no passkeys. */
function PasskeyButton({ onDone }: { onDone(session: Session): void }) {
  const { t } = useTranslation();
  const show = useStepPasskey();
  if (!passkeysWork()) return null;
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<KeyRound size={16} aria-hidden="true" />}
        loading={show.isPending}
        onClick={() => show.mutate(undefined, { onSuccess: onDone })}
      >
        {t("step.withPasskey")}
      </Button>
      {show.error && (
        <Alert color="red" role="alert" className={styles.problem}>
          {wordsOf(show.error)}
        </Alert>
      )}
    </>
  );
}

function EmailField({ form, autoFocus }: { form: Form; autoFocus: boolean }) {
  const { t } = useTranslation();
  return (
    <TextInput
      ref={form.emailInput}
      label={t("signIn.email")}
      type="email"
      name="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={autoFocus}
      value={form.email}
      error={form.problems.email}
      onChange={(event) => form.type("email", event.currentTarget.value)}
    />
  );
}

function PasswordField({ form, autoFocus }: { form: Form; autoFocus: boolean }) {
  const { t } = useTranslation();
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <PasswordInput
      ref={form.passwordInput}
      label={t("signIn.password")}
      name="password"
      autoComplete="current-password"
      autoFocus={autoFocus}
      value={form.password}
      error={form.problems.password}
      description={capsLock ? t("signIn.capsLock") : undefined}
      inputWrapperOrder={["label", "input", "error", "description"]}
      visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
      onChange={(event) => form.type("password", event.currentTarget.value)}
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={() => setCapsLock(false)}
    />
  );
}
