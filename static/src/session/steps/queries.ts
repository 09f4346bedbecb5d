import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Session } from "../../api/types";
import { makePasskey, showPasskey } from "../../factor/passkey";

type Enrolment = components["schemas"]["FactorEnrolment"];

export const useStepCode = () =>
  useMutation({ mutationFn: (code: string) => api.post<Session>("session/code", { code }) });

export const useStepPasskey = () =>
  useMutation({
    mutationFn: async () =>
      api.post<Session>("session/passkey", { credential: await showPasskey() }),
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

export const useStepDevice = () =>
  useMutation({ mutationFn: () => api.post<Session>("session/device") });
