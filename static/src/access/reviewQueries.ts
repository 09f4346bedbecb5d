import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, Review, ReviewItem } from "../api/types";
import { notifyError } from "../components/toasts";

export function useReviews() {
  return useQuery({
    queryKey: keys.reviews,
    queryFn: ({ signal }) => api.get<Page<Review>>("reviews", signal),
    select: (page) => page.results,
  });
}

export function useReviewItems(quarter: string) {
  return useQuery({
    queryKey: keys.reviewItems(quarter),
    queryFn: ({ signal }) => api.get<Page<ReviewItem>>(`reviews/items?quarter=${quarter}`, signal),
    select: (page) => page.results,
  });
}

interface Decision {
  id: string;
  deed: "confirm" | "withdraw";
  comment?: string;
}

export function useDecideItem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, deed, comment }: Decision) =>
      api.post<ReviewItem>(`reviews/items/${id}/${deed}`, { comment: comment ?? "" }),
    onSettled: () => {
      client.invalidateQueries({ queryKey: keys.reviews });
      client.invalidateQueries({ queryKey: keys.accessSummary });
    },
    onError: notifyError,
  });
}
