import { PausedBanner } from "../channels/PausedBanner";
import { TierBanner } from "../tier/TierBanner";
import styles from "./Banners.module.css";
import { PasswordBanner } from "./PasswordBanner";
import { SimulatorBanner } from "./SimulatorBanner";

/** What everybody should know before they write, above every page. */
export function Banners() {
  return (
    <div className={styles.banners}>
      <TierBanner />
      <SimulatorBanner />
      <PausedBanner />
      <PasswordBanner />
    </div>
  );
}
