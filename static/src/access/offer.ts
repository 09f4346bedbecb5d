import { later } from "../components/later";

/** The offer to ask, with the words of all permissions, comes when something is refused. */
export const { Later: AskOffer } = later(() => import("./AskOffer"));
