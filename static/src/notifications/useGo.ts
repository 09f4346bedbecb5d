import { useLocation } from "wouter";

/** Goes where a notification leads: the admin's pages are not the client's, and are loaded. */
export function useGo(): (path: string) => void {
  const [, navigate] = useLocation();
  return (path) => {
    if (path.startsWith("/admin/")) window.location.assign(path);
    else navigate(path);
  };
}
