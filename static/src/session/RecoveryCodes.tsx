import { useTranslation } from "react-i18next";
import { CodesToKeep } from "../factor/CodesToKeep";
import { SignInCard } from "./SignInCard";

/** Shown once, on the way in: whoever goes on has kept them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const { t } = useTranslation();
  return (
    <SignInCard title={t("factor.codes.title")} lead={t("factor.codes.lead")}>
      <CodesToKeep codes={codes} onKept={onKept} />
    </SignInCard>
  );
}
