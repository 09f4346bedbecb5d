import { PausedBanner } from "../channels/PausedBanner";
import styles from "./Banners.module.css";
import { SimulatorBanner } from "./SimulatorBanner";

/** What everybody should know before they write, above every page. */
export function Banners() {
  return (
    <div className={styles.banners}>
      <SimulatorBanner />
      <PausedBanner />
    </div>
  );
}
