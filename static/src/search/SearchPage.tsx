import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { Finder } from "./Finder";
import "../mantineLater";
import "./words";

/** Everything that was written, noted and who wrote, as far as one may see it. */
export default function SearchPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("search.title")} needs="conversation.see">
      <Finder />
    </Page>
  );
}
