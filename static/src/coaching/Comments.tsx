import type { HeldReply } from "../api/types";
import styles from "./Coaching.module.css";

/** What mentors and the trainee said to each other about a reply. */
export function Comments({ comments }: { comments: HeldReply["comments"] }) {
  if (comments.length === 0) return null;
  return (
    <ul className={styles.comments}>
      {comments.map(({ id, author, text }) => (
        <li key={id}>
          <strong>{author?.name}</strong> <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
