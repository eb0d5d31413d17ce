"""Words and phrasings of the sample project, kept apart from pretraining.

The lists are not those of ``lexicon.py``: other products, other names and, but for a
handful of short ones ("It can wait."), other sentences. Key words of
a topic (invoice, parcel, warranty) are shared, because a toy that has never met the
word cannot know what it means.
"""

from __future__ import annotations

from lexicon import Lexicon

PROBLEMS: dict[str, dict[str, tuple[str, ...]]] = {
    "account": {
        "access": (
            "{Since|After} {yesterday|the weekend} my {account|profile} does not "
            "{accept|know} {my|the} password",
            "{It is impossible|I find no way} to {log in|sign in}, the password "
            "{fails|is refused} {each|every} time",
            "{Access|The door} to my account is locked {again|since Monday}",
            "{Typing|Entering} my user name {does nothing|only shows the login again}",
        ),
        "change": (
            "{We moved|I got married}, so the {address|name} in my {account|profile} "
            "{must|has to} {change|be updated}",
            "{Kindly|I ask you to} put {a new|my work} email into my account",
        ),
    },
    "billing": {
        "double": (
            "{Your shop|The store} {charged|billed} my card twice for {one|a single} "
            "{product}",
            "{On|In} my {bank|card} statement the payment {appears|stands} "
            "{twice|two times}",
            "I {see|found} a double charge for the {product}",
            "{Somehow|It seems that} I paid {twice|two times} for the {product}",
        ),
        "invoice": (
            "The {tax|price|amount} on {your|this} invoice {looks|seems} "
            "{wrong|too high}",
            "{Our|My} bookkeeper {needs|asks for} the {invoice|receipt} "
            "{again|once more}",
            "{Paying|My payment} {by|with} {card|credit card} was refused "
            "{again|at the end}",
            "{Explain|Tell me about} the extra fee on {my|the} {bill|invoice}",
        ),
    },
    "delivery": {
        "late": (
            "{Still no|There is no} {parcel|package} {at my door|here}, {tracking|the "
            "courier} {is silent|shows nothing}",
            "The {parcel|package} with my {product} {should have|was to have} arrived "
            "{last week|on Friday}",
            "{Our|My} {delivery|shipment} {got lost|disappeared} "
            "{on the way|somewhere}",
        ),
        "wrong": (
            "{The courier|Your driver} {left|dropped} the {parcel|package} at the "
            "wrong {door|building}",
            "{Instead of|In place of} the {product} you {sent|shipped} the wrong item",
            "{Can|Could} the {parcel|shipment} go to "
            "{my office|my neighbour's address}",
        ),
    },
    "refund": {
        "money": (
            "{Two|Three} weeks {after|since} I {returned|sent back} the {product}, the "
            "refund is {still missing|not here}",
            "{Kindly|I ask you to} refund {what I paid|the full sum} for the {product}",
            "{Nobody|No one} {told|tells} me when my money {comes back|is paid back}",
        ),
        "return": (
            "The {product} {is not for me|does not fit}, I {wish|plan} to return it "
            "for {my money|a refund}",
            "{Where|From whom} do I get a return label for {this|the} {product}",
        ),
    },
    "damage": {
        "arrived": (
            "{Out of the box|On arrival} the {product} was {already |}{broken|cracked}",
            "{Sadly|Unfortunately} the {product} {has|shows} a {dent|crack|scratch} "
            "{at the side|on top}",
            "{One corner|The back} of the {product} {is bent|is damaged|is crushed}",
            "{Half|Part} of the {product} is {broken|damaged}, "
            "{see photo|as you can see}",
        ),
    },
    "technical": {
        "fault": (
            "{Since|After} the update the {product} {crashes|freezes} "
            "{daily|every hour}",
            "{No matter what|Whatever I do}, the {product} {will not start|shows an "
            "error}",
            "{Pairing|Connecting} the {product} with {my phone|wifi} "
            "{fails|does not work}",
            "{Every|Each} time the app {opens|loads} it {hangs|crashes}",
        ),
    },
    "cancellation": {
        "cancel": (
            "{I changed my mind|Plans changed}, {kindly |}cancel the {product}",
            "{We|My wife and I} {wish|decided} to cancel {our|the} "
            "{order|subscription|membership}",
            "{Take back|Withdraw} my order{|, please}, I {have to|must} cancel",
            "{Let us|I ask you to} end {my|this} {subscription|contract}, I cancel it",
        ),
    },
    "warranty": {
        "claim": (
            "{Until when|For how many months} does the {warranty|guarantee} {last|run}",
            "{Bought|Purchased} last {spring|winter}: is {the|my} {product} "
            "in warranty",
            "{My|The} {product} {needs|wants} a repair under {warranty|guarantee}",
            "{Who|Which office} handles a {warranty|guarantee} claim for the {product}",
        ),
    },
}

CUES: dict[str, tuple[str, ...]] = {
    "low": (
        "{Really|Honestly}, there is no {rush|hurry}.",
        "It can wait{| for weeks| till you are back}.",
        "{Answer|Reply} when{ever|} you have {some |a little |}time.",
        "{For me|To us} {it|this} is not urgent{| at all}.",
        "{Please|Do} take your time.",
    ),
    "normal": (
        "",
        "",
        "{Many thanks|Thanks a lot}{| already}.",
        "{Would you|Can you} please {look into it|check it}?",
        "{I hope|We hope} {to hear from you|for a reply} this week.",
    ),
    "high": (
        "{Please treat|Handle} this as urgent.",
        "{It|This} cannot wait, I need {it|help} today.",
        "{We|I} need {a solution|you} {right now|immediately}, please.",
        "{Urgent|ASAP}, {we are|I am} blocked{| here}!",
        "{Solve|Fix} {it|this} {today|at once|right away}!",
    ),
}

PRODUCTS = (
    *("espresso machine", "standing desk", "night light", "tea maker", "food scale"),
    *("wall clock", "record player", "scooter", "dash cam", "game console", "juicer"),
    *("electric guitar", "hand mixer", "webcam", "docking station", "hard drive"),
    *("shower radio", "floor lamp", "waffle iron", "milk frother", "projector"),
    *("bread maker", "sewing machine", "air pump", "drone", "power bank", "shaver"),
)
FIRST_NAMES = (
    *("Agnes", "Boris", "Chloe", "Dmitri", "Elif", "Frida", "Gustav", "Helga", "Imre"),
    *("Jorge", "Kenji", "Lucia", "Mateo", "Nadia", "Otto", "Priya", "Ruben", "Sofia"),
    *("Theo", "Ursula", "Vera", "Wanda", "Werner", "Yara", "Zeno", "Aiko", "Bodo"),
)
LAST_NAMES = (
    *("Abbott", "Bianchi", "Conrad", "Delgado", "Eriksen", "Farkas", "Gruber", "Holm"),
    *("Ibsen", "Janssen", "Kowalski", "Lindgren", "Mori", "Nielsen", "Okafor", "Pohl"),
    *("Ramos", "Schmidt", "Takeda", "Ullman", "Vidal", "Wagner", "Yilmaz", "Zapata"),
)
LAYOUTS = (
    "{Good morning|Good day}. {problem}. {cue} {Order number|Order} {order}. {name}",
    "{problem}. {cue} {Greetings|Yours}, {name}, order {order}.",
    "From {name}, order {order}: {problem}. {cue}",
    "{name} wrote about order {order}. {problem}. {cue}",
    "{cue} {problem}. My order number is {order}. {Yours|Greetings}, {name}",
)

LEXICON = Lexicon(PROBLEMS, CUES, PRODUCTS, FIRST_NAMES, LAST_NAMES, LAYOUTS)
