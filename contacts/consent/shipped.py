"""The words a region begins with, until a supervisor changes them under /settings/consent. Script, case, width, spaces
and marks make no difference, so each stands here once."""

STOP_WORDS = (
    "停止", "停止接收", "停止接收訊息", "停止接收行銷訊息", "停止行銷", "停止推播", "停止訂閱",
    "退訂", "退訂行銷訊息", "取消訂閱", "取消訂閱行銷訊息",
    "不要再傳", "不要再傳了", "不要再傳訊息", "不要再傳訊息給我", "別再傳了", "別再傳訊息", "請勿再傳",
    "不要再發", "不要再發訊息", "不要再寄", "拒收廣告", "拒絕接收", "不想收到廣告", "不要廣告",
    "唔好再傳", "唔好再send", "唔要廣告",
    "TD", "STOP", "STOP ALL", "Stop promotions", "unsubscribe", "opt out", "end", "quit", "no more messages",
    "remove me", "配信停止", "수신거부", "berhenti", "henti", "hủy đăng ký", "ยกเลิกรับข่าวสาร", "baja", "arrêt",
)  # fmt: skip
START_WORDS = (
    "訂閱", "我要訂閱", "恢復訂閱", "重新訂閱", "開始接收", "接收行銷訊息",
    "START", "UNSTOP", "subscribe", "opt in", "配信再開", "수신동의", "alta",
)  # fmt: skip
REPLIES = {
    "stop": {
        "zh": "已為您停止行銷訊息，往後不會再收到。訂單與客服訊息不受影響；想再收到時，請回覆「訂閱」。",
        "en": "You will get no more marketing messages from us. News of your orders and answers go on. "
        "Reply START to get them again.",
    },
    "start": {
        "zh": "已為您訂閱行銷訊息。隨時回覆「停止」即可取消。",
        "en": "You are subscribed to our marketing messages. Reply STOP at any time to end that.",
    },
}
