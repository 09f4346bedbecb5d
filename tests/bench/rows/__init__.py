"""One module per row of the table."""

from tests.bench.rows import (
    a_acks,
    b_live,
    c_sustained,
    d_outbound,
    e_reads,
    f_sockets,
    g_client,
    h_startup,
    i_team,
    q_queue,
    r_rules,
    s_search,
    t_card,
    u_segments,
)

ROWS = (
    a_acks.ROW,
    b_live.ROW,
    c_sustained.ROW,
    d_outbound.ROW,
    e_reads.ROW,
    f_sockets.ROW,
    g_client.ROW,
    h_startup.ROW,
    i_team.ROW,
    q_queue.ROW,
    r_rules.ROW,
    s_search.ROW,
    u_segments.ROW,
    t_card.ROW,
)
