import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Session } from "../../api/types";
import { makePasskey, showPasskey } from "../../factor/passkey";

type Enrolment = components["schemas"]["FactorEnrolment"];

/** `trust`: this browser from now on. */
export const useStepCode = (trust: boolean) =>
  useMutation({ mutationFn: (code: string) => api.post<Session>("session/code", { code, trust }) });

export const useStepPasskey = (trust = false) =>
  useMutation({
    mutationFn: async () =>
      api.post<Session>("session/passkey", { credential: await showPasskey(), trust }),
  });

export const useExecutivePasskey = () =>
  useMutation({
    mutationFn: async () =>
      api.post<Session>("session/executive", {
        credential: await showPasskey("session/executive/options"),
      }),
  });

export const useStepEnrolment = () =>
  useMutation({ mutationFn: () => api.post<Enrolment>("session/enrolment") });

export const useStepConfirm = () =>
  useMutation({
    mutationFn: (code: string) => api.post<Session>("session/enrolment/confirm", { code }),
  });

export const useStepFirstPasskey = () =>
  useMutation({
    mutationFn: async (name: string) =>
      api.post<Session>("session/enrolment/passkey", {
        name,
        credential: await makePasskey("session/enrolment/passkey/options"),
      }),
  });

export const useStepPassword = () =>
  useMutation({
    mutationFn: (password: string) => api.post<Session>("session/password", { password }),
  });

/** Whoever opened the link is signed in by its tab, and so here as well. */
export const useStepDevice = () =>
  useMutation({
    mutationFn: async () => {
      const present = await api.get<Session>("session");
      return present.user ? present : api.post<Session>("session/device");
    },
  });
