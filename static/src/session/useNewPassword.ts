import { useState } from "react";
import { useSession } from "../api/queries";
import { rulesOf } from "./passwordRules";

const LENGTH = 12;

export type NewPassword = ReturnType<typeof useNewPassword>;

/** A new password as it is typed, twice; `ready` once there is nothing left to see that is wrong with it. */
export function useNewPassword() {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const length = useSession().data?.password_length ?? LENGTH;
  const rules = rulesOf(password, length);
  const ready = rules.every(({ kept }) => kept) && again === password;
  return { password, setPassword, again, setAgain, rules, length, ready };
}
