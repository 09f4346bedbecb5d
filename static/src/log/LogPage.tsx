import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { Log } from "./Log";
import "./pageWords";

/** Who did what, for those who answer for it. */
export default function LogPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("log.title")} needs="operations.see">
      <Log />
    </Page>
  );
}
