// Why nobody is signed in, known to all tabs: a session that was ended on purpose leaves nothing behind, one
// that expired leaves the agent's words for when they are back.

const SIGNED_OUT = "kefu.signedOut";

export function noteSignedOut(): void {
  localStorage.setItem(SIGNED_OUT, "1");
}

export function noteSignedIn(): void {
  localStorage.removeItem(SIGNED_OUT);
}

export function wasSignedOut(): boolean {
  return localStorage.getItem(SIGNED_OUT) !== null;
}
