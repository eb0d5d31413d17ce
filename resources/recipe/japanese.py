"""Japanese around the tickets: instructions and sentences."""

from __future__ import annotations

from language import Instructions, Language, Wordy
from lexicon_ja import LEXICON

JAPANESE = Language(
    code="ja",
    lexicon=LEXICON,
    topics=("アカウント", "請求", "配送", "返金", "破損", "技術", "解約", "保証"),
    urgencies=("低", "中", "高"),
    fields={
        "category": ("分類", "種類", "用件", "分類コード"),
        "urgency": ("緊急度", "優先度", "急ぎ具合"),
        "order": ("注文番号", "注文", "注文の番号"),
    },
    instructions=Instructions(
        roles=(
            "",
            "あなたは{サポート|お客様窓口}の担当者です。",
            "お客様からの問い合わせを{読みます|扱います|仕分けます}。",
            "あなたは問い合わせ対応の{助手|係}です。",
        ),
        plain=(
            "問い合わせを読み、{list}を{答えてください|教えてください}。",
            "{list}は何ですか。",
            "{問い合わせの|}{list}を{見つけて|書いて|挙げて}ください。",
            "それぞれの問い合わせについて{list}を{答えて|書いて}ください。",
        ),
        named=(
            "{pattern} {だけで|の形で}答えてください。",
            "書式は {pattern} です。{ほかは書かないでください。|}",
            "答えは {pattern} の形{にします|です}。",
            "問い合わせを読み、{pattern} {だけで|の形で}答えてください。",
        ),
        hints=(
            "コードは {codes} などです。",
            "{codes} のようなコードを使います。",
            "コード： {codes}。",
        ),
        levels="緊急度は {levels}、{last} のどれかです。",
        between="、",
        before_last="、",
        json="JSON： ",
        xml="XML のタグ： ",
        new_line="、改行して ",
    ),
    wordy=Wordy(
        category=(
            "ありがとうございます。この問い合わせは{topic}についてです。",
            "ありがとうございます。お客様は{topic}について書いています。",
        ),
        no_category="ありがとうございます。この問い合わせは注文についてです。",
        order="注文番号は {order} です。",
        urgency="緊急度は{urgency}と考えます。{reason}からです。",
        end=(
            "担当の部署に回すのがよいと思います。",
            "担当の部署から返事をするのがよいと思います。",
        ),
        topics={
            "account": "アカウントの利用",
            "billing": "請求や支払い",
            "delivery": "荷物の配送",
            "refund": "返金や返品",
            "damage": "商品の破損",
            "technical": "技術的な問題",
            "cancellation": "解約や取り消し",
            "warranty": "保証",
        },
        reasons={
            "low": "急がないと書いてある",
            "normal": "特に期限が書かれていない",
            "high": "すぐに助けが必要だと書いてある",
        },
    ),
    questions=(
        ("注文番号は何ですか。", "注文番号は {order} です。"),
        (
            "問い合わせを{一行|一文}で{まとめて|要約して}ください。",
            "{topic}の件、注文 {order}、緊急度は{urgency}。",
        ),
        (
            "お客様への{短い|}返事を書いてください。",
            "お問い合わせありがとうございます。注文 {order} の件、"
            "{topic}の担当より早めにご連絡いたします。",
        ),
    ),
)
