<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Workbench</source>
        <translation>Workbenchについて</translation>
    </message>
    <message>
        <source>Workbench {version}</source>
        <translation>Workbench {version}</translation>
    </message>
    <message>
        <source>From prompts to a tuned model, for the expert who knows what a good answer is.</source>
        <translation>プロンプトからチューニング済みモデルまで。良い回答を知る専門家のために。</translation>
    </message>
    <message>
        <source>Licence texts</source>
        <translation>ライセンス全文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Made with Qt {qt} (LGPL 3) and PySide6.</source>
        <translation>Qt {qt}（LGPL 3）とPySide6を使用しています。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
</context>
<context>
    <name>AboutModelDialog</name>
    <message>
        <source>The built-in model</source>
        <translation>内蔵モデル</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>A toy, made so that everything can be tried without an account or a download: {parameters} million parameters, {size} MB, trained from scratch on invented support tickets. Its answers are real – computed on this computer – and often wrong. It knows nothing else.</source>
        <translation>アカウントもダウンロードもなしで全部を試せるように作った、おもちゃのモデルです。パラメータは {parameters} 百万、{size} MB で、架空の問い合わせだけを使って一から訓練しました。答えはこのコンピュータで実際に計算したもので、よく間違えます。ほかのことは何も知りません。</translation>
    </message>
    <message>
        <source>Measured on {tickets} tickets with words it had never seen; mean of {seeds} draws of examples and records; in brackets the 95 % interval.</source>
        <translation>見たことのない言葉で書かれた {tickets} 件の問い合わせで測りました。例と記録を {seeds} 回引き直した平均です。括弧内は 95 % 区間です。</translation>
    </message>
    <message>
        <source>Examples in the prompt mostly let it recognise a format it knows; new codes it learns from them only in part. A large model learns far more from examples: do not carry these figures over to one.</source>
        <translation>プロンプトの例は、主に、知っている書式を見分ける手がかりになります。新しいコードを例から学ぶのは一部だけです。大きなモデルは例からずっと多くを学びます。この数字をそのまま当てはめないでください。</translation>
    </message>
    <message>
        <source>What examples in the prompt do here is recognition: it finds the format they show among those it knows, and learns no new rules from them. A large model learns far more from examples: do not carry these figures over to one.</source>
        <translation>ここでプロンプトの例がしているのは「見分け」です。例が示す書式を、知っている書式の中から見つけるだけで、新しい決まりを例から学ぶわけではありません。大きなモデルは例からずっと多くを学びます。この数字をそのまま当てはめないでください。</translation>
    </message>
    <message>
        <source>How it was asked</source>
        <translation>聞き方</translation>
    </message>
    <message>
        <source>Whole answer right</source>
        <translation>答え全体が正しい割合</translation>
    </message>
    <message>
        <source>Tokens per answer</source>
        <translation>答えのトークン数</translation>
    </message>
    <message>
        <source>Measured scores of the built-in model</source>
        <translation>内蔵モデルの測定結果</translation>
    </message>
    <message>
        <source>Format spelled out, no examples</source>
        <translation>書式を言葉で説明、例なし</translation>
    </message>
    <message>
        <source>{count} examples in the prompt</source>
        <translation>プロンプトに例 {count} 件</translation>
    </message>
    <message>
        <source>Tuned on {count} records, asked plainly</source>
        <translation>{count} 件の記録で調整、普通に質問</translation>
    </message>
    <message>
        <source>Asked plainly, no examples</source>
        <translation>普通に質問、例なし</translation>
    </message>
</context>
<context>
    <name>Advise</name>
    <message>
        <source>A call takes {tuned} tokens after tuning and {few} with the examples: {share} % fewer.</source>
        <translation>1回の呼び出しは、チューニング後は{tuned}トークン、例ありでは{few}トークンです。チューニングで{share}%減ります。</translation>
    </message>
    <message>
        <source>A call takes {tuned} tokens after tuning and {few} before: {share} % fewer.</source>
        <translation>1回の呼び出しは、チューニング前の{few}トークンから{tuned}トークンへ、{share}%減ります。</translation>
    </message>
    <message>
        <source>A call takes {tuned} tokens after tuning and {few} before: tuning saves none.</source>
        <translation>1回の呼び出しは、チューニング前が{few}トークン、チューニング後が{tuned}トークンで、節約にはなりません。</translation>
    </message>
    <message>
        <source>Right answers of 100</source>
        <translation>100件あたりの正解数</translation>
    </message>
    <message>
        <source>Character F1, 0 to 100</source>
        <translation>文字F1（0～100）</translation>
    </message>
    <message>
        <source>{tokens} tokens a call</source>
        <translation>1回あたり{tokens}トークン</translation>
    </message>
    <message>
        <source>Yes: trained on {trained} records, tuned is right {points} points more often than the base with {shots} examples in the prompt {interval}.</source>
        <translation>はい。レコード{trained}件で学習したチューニング後のモデルは、プロンプト内の例{shots}件付きのベースより正答率が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Not yet: with {shots} examples in the prompt the base is right {points} points more often than tuned on {trained} records {interval}.</source>
        <translation>まだ早そうです。プロンプト内の例{shots}件付きのベースのほうが、レコード{trained}件で学習したチューニング後のモデルより正答率が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Not for better answers: on {records} test records no difference is shown between {shots} examples in the prompt and tuning on {trained} records.</source>
        <translation>回答の質のためなら不要です。テスト用レコード{records}件では、プロンプト内の例{shots}件と、レコード{trained}件でのチューニングの間に差が認められません。</translation>
    </message>
    <message>
        <source>Tuning helps: trained on {trained} records, tuned is right {points} points more often than the base {interval}. Examples in the prompt were not measured.</source>
        <translation>チューニングは効果があります。レコード{trained}件で学習すると、正答率はベースより{points}ポイント高くなります {interval}。プロンプト内の例との比較はまだ測っていません。</translation>
    </message>
    <message>
        <source>Not yet: the base is right {points} points more often than tuned on {trained} records {interval}.</source>
        <translation>まだ早そうです。ベースのほうが、レコード{trained}件で学習したチューニング後のモデルより正答率が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Not for better answers: on {records} test records no difference is shown between the base and tuning on {trained} records.</source>
        <translation>回答の質のためなら不要です。テスト用レコード{records}件では、ベースと、レコード{trained}件でのチューニングの間に差が認められません。</translation>
    </message>
    <message>
        <source>Yes: trained on {trained} records, tuned scores {points} points higher in character F1 than the base with {shots} examples in the prompt {interval}.</source>
        <translation>はい。レコード{trained}件で学習したチューニング後のモデルは、プロンプト内の例{shots}件付きのベースより文字F1が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Not yet: with {shots} examples in the prompt the base scores {points} points higher in character F1 than tuned on {trained} records {interval}.</source>
        <translation>まだ早そうです。プロンプト内の例{shots}件付きのベースのほうが、レコード{trained}件で学習したチューニング後のモデルより文字F1が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Tuning helps: trained on {trained} records, tuned scores {points} points higher in character F1 than the base {interval}. Examples in the prompt were not measured.</source>
        <translation>チューニングは効果があります。レコード{trained}件で学習すると、文字F1はベースより{points}ポイント高くなります {interval}。プロンプト内の例との比較はまだ測っていません。</translation>
    </message>
    <message>
        <source>Not yet: the base scores {points} points higher in character F1 than tuned on {trained} records {interval}.</source>
        <translation>まだ早そうです。ベースのほうが、レコード{trained}件で学習したチューニング後のモデルより文字F1が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Too few test records to tell: {records} were answered by both.</source>
        <translation>テスト用レコードが少なすぎて判断できません。両方が回答したのは{records}件です。</translation>
    </message>
</context>
<context>
    <name>AdvisePage</name>
    <message>
        <source>Advise</source>
        <translation>アドバイス</translation>
    </message>
    <message>
        <source>Is it time to tune?</source>
        <translation>チューニングする時期でしょうか？</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>アドバイス</translation>
    </message>
    <message>
        <source>Tokens a call</source>
        <translation>1回あたりのトークン</translation>
    </message>
    <message>
        <source>Look at the comparison</source>
        <translation>比較を見る</translation>
    </message>
    <message>
        <source>Whiskers are 95 % intervals over {records} test records; tokens are the mean of prompt and answer together.</source>
        <translation>ひげはテスト用レコード{records}件での95%信頼区間です。トークンはプロンプトと回答の合計の平均です。</translation>
    </message>
    <message>
        <source>base with {shots} examples</source>
        <translation>ベース＋例{shots}件</translation>
    </message>
    <message>
        <source>tuned on {records} records</source>
        <translation>{records}件でチューニング後</translation>
    </message>
    <message>
        <source>The comparison is not finished: the advice follows when every answer is there.</source>
        <translation>比較がまだ終わっていません。回答がすべてそろうと、ここにアドバイスが出ます。</translation>
    </message>
    <message>
        <source>Go on with the comparison</source>
        <translation>比較を続ける</translation>
    </message>
    <message>
        <source>Is it time to tune? Compare base, base with examples and tuned on the test records, and the answer stands here.</source>
        <translation>チューニングする時期でしょうか。ベース、例ありのベース、チューニング後をテスト用レコードで比べると、ここに答えが出ます。</translation>
    </message>
    <message>
        <source>Compare base and tuned</source>
        <translation>ベースと比較する</translation>
    </message>
    <message>
        <source>Is it time to tune? Tune once and compare: then this page says what tuning gains over examples in the prompt, and what a call takes.</source>
        <translation>チューニングする時期でしょうか。一度チューニングして比べると、プロンプト内の例に対する効果と、1回の呼び出しにかかるトークンがここに出ます。</translation>
    </message>
    <message>
        <source>Tune a model</source>
        <translation>チューニングへ</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>This call failed.</source>
        <translation>この呼び出しは失敗しました。</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Reference answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Answer of base</source>
        <translation>ベースの回答</translation>
    </message>
    <message>
        <source>Answer of base with examples</source>
        <translation>ベース（例あり）の回答</translation>
    </message>
    <message>
        <source>Answer of tuned</source>
        <translation>チューニング後の回答</translation>
    </message>
    <message>
        <source>Rate the tuned answer good</source>
        <translation>チューニング後の回答を「良い」と評価</translation>
    </message>
    <message>
        <source>Good (G)</source>
        <translation>良い（G）</translation>
    </message>
    <message>
        <source>Rate the tuned answer bad</source>
        <translation>チューニング後の回答を「悪い」と評価</translation>
    </message>
    <message>
        <source>Bad (B)</source>
        <translation>悪い（B）</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%nトークン</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The answer will stand here. Write a message and press Ctrl+Enter: every call is kept, failed ones too.</source>
        <translation>ここに回答が表示されます。メッセージを書いてCtrl+Enterを押してください。呼び出しは失敗したものも含めてすべて残ります。</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルを開く</translation>
    </message>
    <message>
        <source>The answer will stand here.</source>
        <translation>ここに回答が表示されます。</translation>
    </message>
    <message>
        <source>Stopped. What had arrived is kept.</source>
        <translation>停止しました。届いた分は残ります。</translation>
    </message>
    <message>
        <source>Waiting for the first word … Esc stops.</source>
        <translation>最初の語を待っています… Escで停止します。</translation>
    </message>
    <message>
        <source>first word after {first}</source>
        <translation>最初の語まで{first}</translation>
    </message>
    <message numerus="yes">
        <source>about %n token(s) so far</source>
        <translation>
            <numerusform>ここまで約%nトークン</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting the model …</source>
        <translation>モデルを起動しています…</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>[image: {name}]</source>
        <translation>［画像：{name}］</translation>
    </message>
</context>
<context>
    <name>AwsLabel</name>
    <message>
        <source>A server on this computer answers with the built-in toy. Nothing is sent to AWS, and nothing is charged.</source>
        <translation>このコンピューターのサーバーが内蔵のおもちゃモデルで答えます。AWSには何も送られず、料金もかかりません。</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>設定を開く</translation>
    </message>
</context>
<context>
    <name>AwsSection</name>
    <message>
        <source>Amazon Bedrock</source>
        <translation>Amazon Bedrock</translation>
    </message>
    <message>
        <source>Workbench asks AWS with a profile of this computer and keeps its name only, never a key. It asks nothing before you connect.</source>
        <translation>このコンピューターのプロファイルを使ってAWSに接続します。保存するのは名前だけで、キーは保存しません。「接続」を押すまでAWSには何も送りません。</translation>
    </message>
    <message>
        <source>AWS profile</source>
        <translation>AWSプロファイル</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>プロファイルの名前</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>Name of the region</source>
        <translation>リージョンの名前</translation>
    </message>
    <message>
        <source>that of the profile</source>
        <translation>プロファイルのリージョン</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>サインイン…</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>もう一度確認</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接続</translation>
    </message>
    <message>
        <source>Practice is on, so AWS is not asked.</source>
        <translation>練習中のため、AWSには接続しません。</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Review {n} waiting</source>
        <translation>{n}件をレビュー</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>レビュー</translation>
    </message>
    <message>
        <source>{n} chosen: one step, one undo</source>
        <translation>{n}件を選択中：操作も取り消しも一括</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良い</translation>
    </message>
    <message>
        <source>Rate chosen good</source>
        <translation>選択した試行を「良い」と評価</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>悪い</translation>
    </message>
    <message>
        <source>Rate chosen bad</source>
        <translation>選択した試行を「悪い」と評価</translation>
    </message>
    <message>
        <source>+ tag</source>
        <translation>＋タグ</translation>
    </message>
    <message>
        <source>Tag chosen</source>
        <translation>選択した試行にタグを付ける</translation>
    </message>
    <message>
        <source>Add {n} to dataset…</source>
        <translation>{n}件を追加…</translation>
    </message>
    <message>
        <source>Add to dataset…</source>
        <translation>データセットに追加…</translation>
    </message>
    <message>
        <source>Key A</source>
        <translation>Aキー</translation>
    </message>
    <message>
        <source>Add to dataset</source>
        <translation>データセットに追加</translation>
    </message>
    <message>
        <source>Take out of the bin</source>
        <translation>ごみ箱から戻す</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>ごみ箱へ</translation>
    </message>
    <message>
        <source>Delete; can be taken back</source>
        <translation>削除します。元に戻せます</translation>
    </message>
    <message>
        <source>Bin trials</source>
        <translation>試行をごみ箱へ</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove “{value}”</source>
        <translation>「{value}」を外す</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>What mends it</source>
        <translation>直す方法</translation>
    </message>
    <message>
        <source>Copy what mends it</source>
        <translation>直す方法をコピー</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>元に戻す：{what}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>やり直す：{what}</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>ラボ</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>チューニング</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Advise</source>
        <translation>アドバイス</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新規プロジェクト…</translation>
    </message>
    <message>
        <source>Start with your own examples…</source>
        <translation>手持ちの例から始める…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>プロジェクトを開く…</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルプロジェクトを開く</translation>
    </message>
    <message>
        <source>Guided tour of the sample project</source>
        <translation>サンプルプロジェクトのガイドツアー</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>コピーを保存…</translation>
    </message>
    <message>
        <source>The task of this project…</source>
        <translation>このプロジェクトのタスク…</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>プロジェクトを閉じる</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>コマンドを検索</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>ショートカットキー</translation>
    </message>
    <message>
        <source>Problem report…</source>
        <translation>問題の報告…</translation>
    </message>
    <message>
        <source>About the built-in model</source>
        <translation>内蔵モデルについて</translation>
    </message>
    <message>
        <source>About Workbench</source>
        <translation>Workbenchについて</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Appearance: as the system</source>
        <translation>外観：システムに合わせる</translation>
    </message>
    <message>
        <source>Appearance: light</source>
        <translation>外観：ライト</translation>
    </message>
    <message>
        <source>Appearance: dark</source>
        <translation>外観：ダーク</translation>
    </message>
    <message>
        <source>Language: {name}</source>
        <translation>言語：{name}</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>base</source>
        <translation>ベース</translation>
    </message>
    <message>
        <source>base with examples</source>
        <translation>ベース（例あり）</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>チューニング後</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>例あり</translation>
    </message>
    <message>
        <source>tuned</source>
        <comment>head of a column</comment>
        <translation>調整後</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>Character F1</source>
        <translation>文字F1</translation>
    </message>
    <message>
        <source>Right label</source>
        <translation>ラベルの正解率</translation>
    </message>
    <message>
        <source>&lt;b&gt;{answered} of {total}&lt;/b&gt; answers are there. The result is told when all are.</source>
        <translation>&lt;b&gt;{total}件中{answered}件&lt;/b&gt;の回答がそろいました。結果はすべてそろってから表示します。</translation>
    </message>
    <message>
        <source>No record was answered by both, so there is no result.</source>
        <translation>両方が回答したレコードがないため、結果はありません。</translation>
    </message>
    <message>
        <source>Too few records to tell: both answered only {records}.</source>
        <translation>レコードが少なすぎて判断できません。両方が回答したのは{records}件だけです。</translation>
    </message>
    <message>
        <source>Too few groups of records to tell a difference from chance.</source>
        <translation>レコードのグループが少なすぎて、偶然の差と区別できません。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; more often {interval}; its answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント高く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; more often {interval}; its answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント高く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; more often {interval}.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント高く&lt;/b&gt;なりました {interval}。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; less often {interval}; its answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント低く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; less often {interval}; its answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント低く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned is right &lt;b&gt;{points} points&lt;/b&gt; less often {interval}.</source>
        <translation>チューニング後は正答率が&lt;b&gt;{points}ポイント低く&lt;/b&gt;なりました {interval}。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; higher in character F1 {interval}; its answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント高く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; higher in character F1 {interval}; its answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント高く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; higher in character F1 {interval}.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント高く&lt;/b&gt;なりました {interval}。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; lower in character F1 {interval}; its answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント低く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; lower in character F1 {interval}; its answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント低く&lt;/b&gt; {interval}、回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>Tuned scores &lt;b&gt;{points} points&lt;/b&gt; lower in character F1 {interval}.</source>
        <translation>チューニング後は文字F1が&lt;b&gt;{points}ポイント低く&lt;/b&gt;なりました {interval}。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt; in character F1 on {records} records. Tuned answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>レコード{records}件では、文字F1に&lt;b&gt;差は認められません&lt;/b&gt;。チューニング後の回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt; in character F1 on {records} records. Tuned answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>レコード{records}件では、文字F1に&lt;b&gt;差は認められません&lt;/b&gt;。チューニング後の回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt; in character F1 on {records} records.</source>
        <translation>レコード{records}件では、文字F1に&lt;b&gt;差は認められません&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt; in right answers: n = {records} can show about {range} points or more. Tuned answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>正答率に&lt;b&gt;差は認められません&lt;/b&gt;（n={records}で分かるのは約{range}ポイント以上の差）。チューニング後の回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt; in right answers: n = {records} can show about {range} points or more. Tuned answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>正答率に&lt;b&gt;差は認められません&lt;/b&gt;（n={records}で分かるのは約{range}ポイント以上の差）。チューニング後の回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt;: n = {records} can show differences of about {range} points or more.</source>
        <translation>&lt;b&gt;差は認められません&lt;/b&gt;。n={records}で分かるのは約{range}ポイント以上の差です。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt;: n = {records} is too few to show one. Tuned answers are &lt;b&gt;{share} % shorter&lt;/b&gt;.</source>
        <translation>&lt;b&gt;差は認められません&lt;/b&gt;。n={records}では少なすぎて差を示せません。チューニング後の回答は&lt;b&gt;{share}%短く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt;: n = {records} is too few to show one. Tuned answers are &lt;b&gt;{share} % longer&lt;/b&gt;.</source>
        <translation>&lt;b&gt;差は認められません&lt;/b&gt;。n={records}では少なすぎて差を示せません。チューニング後の回答は&lt;b&gt;{share}%長く&lt;/b&gt;なりました。</translation>
    </message>
    <message>
        <source>&lt;b&gt;No difference shown&lt;/b&gt;: n = {records} is too few to show one.</source>
        <translation>&lt;b&gt;差は認められません&lt;/b&gt;。n={records}では少なすぎて差を示せません。</translation>
    </message>
    <message>
        <source>Against the base with {shots} examples in the prompt, tuned scores {points} points higher in character F1 {interval}.</source>
        <translation>プロンプト内の例{shots}件付きのベースと比べると、チューニング後は文字F1が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Against the base with {shots} examples in the prompt, tuned scores {points} points lower in character F1 {interval}.</source>
        <translation>プロンプト内の例{shots}件付きのベースと比べると、チューニング後は文字F1が{points}ポイント低くなっています {interval}。</translation>
    </message>
    <message>
        <source>Against the base with {shots} examples in the prompt, tuned is right {points} points more often {interval}.</source>
        <translation>プロンプト内の例{shots}件付きのベースと比べると、チューニング後は正答率が{points}ポイント高くなっています {interval}。</translation>
    </message>
    <message>
        <source>Against the base with {shots} examples in the prompt, tuned is right {points} points less often {interval}.</source>
        <translation>プロンプト内の例{shots}件付きのベースと比べると、チューニング後は正答率が{points}ポイント低くなっています {interval}。</translation>
    </message>
    <message>
        <source>Against the base with {shots} examples in the prompt, no difference is shown.</source>
        <translation>プロンプト内の例{shots}件付きのベースとの間に、差は認められません。</translation>
    </message>
    <message>
        <source>{records} records can show large differences only.</source>
        <translation>レコード{records}件では、大きな差しか示せません。</translation>
    </message>
    <message>
        <source>{records} records can show differences of about {range} points or more.</source>
        <translation>レコード{records}件で分かるのは、約{range}ポイント以上の差です。</translation>
    </message>
    <message>
        <source>Results on this test were looked at {count} times: every look makes a chance difference likelier.</source>
        <translation>このテストの結果を見たのは{count}回です。見るたびに、偶然の差を本物と取り違えやすくなります。</translation>
    </message>
    <message>
        <source>Left out because an answer failed: {count}.</source>
        <translation>回答に失敗したため除いたレコード：{count}件。</translation>
    </message>
    <message>
        <source>p: how often chance alone would make a difference at least this large, if tuning changed nothing. Below .05 chance is taken as ruled out.</source>
        <translation>p：チューニングに何の効果もないとしたとき、偶然だけでこれ以上の差が出る割合。.05未満なら偶然ではないとみなします。</translation>
    </message>
    <message>
        <source>adapter not proven yet</source>
        <translation>アダプター未検証</translation>
    </message>
    <message>
        <source>adapter proven on {on} off {off}</source>
        <translation>アダプター検証：オン {on} オフ {off}</translation>
    </message>
    <message>
        <source>Compare on {records} test records {dash} {candidates} candidates, {answers} answers</source>
        <translation>テスト用{records}件で比較 {dash} 候補{candidates}、回答{answers}件</translation>
    </message>
    <message>
        <source>Go on: {missing} answers missing</source>
        <translation>続ける：残り{missing}件</translation>
    </message>
    <message>
        <source>accuracy: share of answers that name the right label; an answer that names none of the labels, or several, is wrong.</source>
        <translation>accuracy：正しいラベルを答えた割合。どのラベルも含まない回答や、複数のラベルを含む回答は不正解とします。</translation>
    </message>
    <message>
        <source>jsquad_em (JGLUE): share of answers that are the reference, character by character.</source>
        <translation>jsquad_em（JGLUE）：正解と一字一句同じ回答の割合。</translation>
    </message>
    <message>
        <source>jsquad_char_f1 (JGLUE): how many characters answer and reference share, 0 to 100.</source>
        <translation>jsquad_char_f1（JGLUE）：回答と正解で共通する文字の度合い。0～100。</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Base and tuned</source>
        <translation>ベースとの比較</translation>
    </message>
    <message>
        <source>Here base and tuned answer the same test records. Tune a model first.</source>
        <translation>ここでは、ベースとチューニング後が同じテスト用レコードに回答します。まずモデルをチューニングしてください。</translation>
    </message>
    <message>
        <source>Tune a model</source>
        <translation>チューニングへ</translation>
    </message>
    <message>
        <source>Rate the tuned answer good</source>
        <translation>チューニング後の回答を「良い」と評価</translation>
    </message>
    <message>
        <source>Rate the tuned answer bad</source>
        <translation>チューニング後の回答を「悪い」と評価</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>表を保存</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>画像を保存</translation>
    </message>
    <message>
        <source>Saved as {name} in {folder}.</source>
        <translation>{folder}に{name}として保存しました。</translation>
    </message>
</context>
<context>
    <name>CompareRowsModel</name>
    <message>
        <source>From base to tuned: {first}.</source>
        <translation>ベースからチューニング後への変化：{first}。</translation>
    </message>
    <message>
        <source>From base to tuned; {first} above, {second} below.</source>
        <translation>ベースからチューニング後への変化。上が{first}、下が{second}です。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
</context>
<context>
    <name>ComparisonChoice</name>
    <message>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>New comparison</source>
        <translation>新しい比較</translation>
    </message>
</context>
<context>
    <name>CorrectionEditor</name>
    <message>
        <source>Answer it should have given</source>
        <translation>本来の回答</translation>
    </message>
    <message>
        <source>Correction: becomes the record&apos;s right answer</source>
        <translation>修正：レコードの正解になります</translation>
    </message>
    <message>
        <source>Type the right answer</source>
        <translation>正解を入力</translation>
    </message>
    <message>
        <source>C begins, Ctrl+Enter keeps it, Esc gives it up</source>
        <translation>Cで入力開始、Ctrl+Enterで保存、Escで取り消し</translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>same as the answer</source>
        <translation>回答と同じ</translation>
    </message>
    <message>
        <source>the expected answer</source>
        <translation>期待する回答</translation>
    </message>
    <message>
        <source>saved ✓</source>
        <translation>保存済み ✓</translation>
    </message>
    <message>
        <source>saving …</source>
        <translation>保存中…</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>Rate good</source>
        <translation>「良い」と評価</translation>
    </message>
    <message>
        <source>Rate bad</source>
        <translation>「悪い」と評価</translation>
    </message>
    <message>
        <source>Correct the answer</source>
        <translation>回答を修正</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>メモを書く</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>タグを付ける</translation>
    </message>
    <message>
        <source>Next in the list</source>
        <translation>次の項目へ</translation>
    </message>
    <message>
        <source>Back in the list</source>
        <translation>前の項目へ</translation>
    </message>
    <message>
        <source>Use as an example in the prompt</source>
        <translation>プロンプト内の例に使う</translation>
    </message>
    <message>
        <source>Add to a dataset</source>
        <translation>データセットに追加</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>ごみ箱へ移動</translation>
    </message>
    <message>
        <source>Paste records from a spreadsheet</source>
        <translation>表計算ソフトからレコードを貼り付け</translation>
    </message>
    <message>
        <source>Review what waits</source>
        <translation>レビュー待ちを確認</translation>
    </message>
    <message>
        <source>Import records</source>
        <translation>レコードの取り込み</translation>
    </message>
    <message>
        <source>Set records aside for the test</source>
        <translation>レコードをテスト用に取り分け</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>レコードの書き出し</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>試行</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>{name} {count}</source>
        <translation>{name} {count}</translation>
    </message>
    <message>
        <source>Show trials</source>
        <translation>試行を表示</translation>
    </message>
    <message>
        <source>Show records</source>
        <translation>レコードを表示</translation>
    </message>
</context>
<context>
    <name>DatasetDialog</name>
    <message>
        <source>Add to dataset</source>
        <translation>データセットに追加</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>データセット</translation>
    </message>
    <message>
        <source>Dataset name</source>
        <translation>データセット名</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>A trial becomes a record when its right answer is known: corrected, rated good, or expected. Others are left out and counted.</source>
        <translation>正解の分かっている試行（修正済み、「良い」と評価済み、期待どおりの回答）がレコードになります。それ以外は除外し、その件数をお知らせします。</translation>
    </message>
    <message>
        <source>Add {n}</source>
        <translation>{n}件を追加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Add to this dataset</source>
        <translation>このデータセットに追加</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>学習の名前</translation>
    </message>
    <message>
        <source>dataset and number</source>
        <translation>データセット名と番号</translation>
    </message>
    <message>
        <source>Back to the goal&apos;s values</source>
        <translation>目標の既定値に戻す</translation>
    </message>
</context>
<context>
    <name>EarlierPanel</name>
    <message>
        <source>Earlier answers to this input</source>
        <translation>この入力への以前の回答</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>まだありません。</translation>
    </message>
</context>
<context>
    <name>EndpointRow</name>
    <message>
        <source>Test</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Test {name}</source>
        <translation>{name}を確認</translation>
    </message>
    <message>
        <source>Take {name} off the list</source>
        <translation>{name}を一覧から外す</translation>
    </message>
    <message>
        <source>with a key from the keyring</source>
        <translation>キーはキーリングに保存</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>モデル%n個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndpointsSection</name>
    <message>
        <source>Other servers</source>
        <translation>その他のサーバー</translation>
    </message>
    <message>
        <source>Servers that speak OpenAI&apos;s protocol: Ollama, vLLM, LM Studio and others. A key is kept in this system&apos;s keyring and nowhere else.</source>
        <translation>OpenAI互換のサーバー（Ollama、vLLM、LM Studioなど）です。キーはこのシステムのキーリングにだけ保存します。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>{field} of the server</source>
        <translation>サーバーの{field}</translation>
    </message>
    <message>
        <source>as you like</source>
        <translation>お好きな名前</translation>
    </message>
    <message>
        <source>only when the server asks for one</source>
        <translation>サーバーが求める場合だけ</translation>
    </message>
    <message>
        <source>Add the server</source>
        <translation>サーバーを追加</translation>
    </message>
    <message>
        <source>Look on this computer</source>
        <translation>このコンピューターで探す</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>サーバーに問い合わせています…</translation>
    </message>
    <message numerus="yes">
        <source>Added. %n model(s) can be chosen in the Lab.</source>
        <translation>
            <numerusform>追加しました。ラボで%n個のモデルを選べます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>探しています…</translation>
    </message>
    <message>
        <source>{name} was found and asks for a key. Type it above.</source>
        <translation>{name}が見つかりました。キーが必要です。上の欄に入力してください。</translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) found and added.</source>
        <translation>
            <numerusform>%n台のサーバーが見つかり、追加しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>No further server answers on this computer.</source>
        <translation>このコンピューターで応答するサーバーはほかにありません。</translation>
    </message>
</context>
<context>
    <name>ErrorBar</name>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>エラーの詳細</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the details of the error</source>
        <translation>エラーの詳細をコピー</translation>
    </message>
    <message>
        <source>Put the error away</source>
        <translation>エラーを閉じる</translation>
    </message>
    <message>
        <source>Error details</source>
        <translation>エラーの詳細</translation>
    </message>
</context>
<context>
    <name>ExamplesModel</name>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>区分</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出どころ</translation>
    </message>
    <message>
        <source>not divided yet</source>
        <translation>未分割</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習用</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証用</translation>
    </message>
    <message>
        <source>Set aside for the test</source>
        <translation>テスト用</translation>
    </message>
    <message>
        <source>from a trial</source>
        <translation>試行から</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手入力</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>貼り付け</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Nothing is set aside for the test yet: the files would hold no part. Divide the records first.</source>
        <translation>まだテスト用の取り分けがなく、書き出すと区分のないファイルになります。先にレコードを分割してください。</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>レコードの書き出し</translation>
    </message>
    <message>
        <source>Writes the records as Bedrock conversations and as TRL prompt and completion, one file per part, with a manifest. The prompt is the one of the Lab, without its examples.</source>
        <translation>レコードを、Bedrockの会話形式とTRLのprompt–completion形式で、区分ごとに1ファイルずつ、目録（マニフェスト）付きで書き出します。プロンプトはラボのもので、プロンプト内の例は含みません。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Folder to export to</source>
        <translation>書き出し先フォルダー</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選択</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>書き出しの進み具合</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Export files</source>
        <translation>ファイルを書き出す</translation>
    </message>
</context>
<context>
    <name>ExportResult</name>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Files that were written</source>
        <translation>書き出したファイル</translation>
    </message>
    <message>
        <source>SHA-256 of the snapshot</source>
        <translation>スナップショットのSHA-256</translation>
    </message>
    <message>
        <source>Written to {folder}</source>
        <translation>{folder}に書き出しました</translation>
    </message>
    <message>
        <source>{n} things the trainer may refuse: {list}</source>
        <translation>学習側で拒否されるおそれのある箇所が{n}件あります：{list}</translation>
    </message>
</context>
<context>
    <name>FilesPanel</name>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Context that goes along with the message</source>
        <translation>メッセージと一緒に送る資料</translation>
    </message>
    <message>
        <source>+ Add a file</source>
        <translation>＋ファイルを追加</translation>
    </message>
    <message>
        <source>Text, tables, PDF, Office and pictures; or drop them here</source>
        <translation>テキスト、表、PDF、Office文書、画像。ドロップして追加することもできます</translation>
    </message>
    <message>
        <source>Add a file to the prompt</source>
        <translation>プロンプトにファイルを追加</translation>
    </message>
    <message>
        <source>as a picture</source>
        <translation>画像として</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>「{name}」を外す</translation>
    </message>
    <message>
        <source>as its text</source>
        <translation>文字だけ</translation>
    </message>
    <message>
        <source>as a file</source>
        <translation>ファイルのまま</translation>
    </message>
    <message>
        <source>As a file where the model takes it, or always as the text that was read from it. Click to change.</source>
        <translation>モデルが対応していればファイルのまま送るか、つねに読み取った文字だけを送るかを選びます。クリックで切り替わります。</translation>
    </message>
    <message>
        <source>How “{name}” is sent: {words}</source>
        <translation>「{name}」の送り方：{words}</translation>
    </message>
    <message>
        <source>Files for models ({patterns})</source>
        <translation>モデルに送れるファイル ({patterns})</translation>
    </message>
    <message>
        <source>Choose files for the prompt</source>
        <translation>プロンプトに添えるファイルを選ぶ</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Rated good</source>
        <translation>良い</translation>
    </message>
    <message>
        <source>Rated bad</source>
        <translation>悪い</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>修正済み</translation>
    </message>
    <message>
        <source>Not corrected</source>
        <translation>未修正</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>ごみ箱の中</translation>
    </message>
    <message>
        <source>Search input, answer and note</source>
        <translation>入力・回答・メモを検索</translation>
    </message>
    <message>
        <source>Search trials</source>
        <translation>試行を検索</translation>
    </message>
    <message>
        <source>Order of trials</source>
        <translation>試行の並び順</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>新しい順</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>古い順</translation>
    </message>
    <message>
        <source>By input</source>
        <translation>入力順</translation>
    </message>
    <message>
        <source>Longest answer first</source>
        <translation>回答の長い順</translation>
    </message>
    <message>
        <source>Waiting for review {count}</source>
        <translation>レビュー待ち {count}</translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation>レビュー待ち</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total}件中{shown}件</translation>
    </message>
    <message>
        <source>{total} in all</source>
        <translation>全{total}件</translation>
    </message>
    <message>
        <source>Filter by tag {tag}</source>
        <translation>タグ「{tag}」で絞り込み</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Take {folder} off the list</source>
        <translation>{folder}を一覧から外す</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>No model here: no folder with config.json and weights.</source>
        <translation>モデルがありません。config.jsonと重みのあるフォルダーを選んでください。</translation>
    </message>
</context>
<context>
    <name>FoldersSection</name>
    <message>
        <source>Models on this computer</source>
        <translation>このコンピューターのモデル</translation>
    </message>
    <message>
        <source>The built-in model is a toy that comes with the program. Folders in the format of Hugging Face transformers can be added; nothing in them is changed.</source>
        <translation>内蔵モデルは、このプログラムに付属するおもちゃのモデルです。Hugging Face transformers形式のフォルダーを追加できます。フォルダーの中身は変更しません。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>モデルのフォルダーを追加</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>モデルのフォルダー</translation>
    </message>
    <message>
        <source>{name} can be used now.</source>
        <translation>{name}を使えるようになりました。</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Expected answer</source>
        <translation>期待する回答</translation>
    </message>
</context>
<context>
    <name>GrowthBar</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>レコード%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>{records}, next mark {mark}</source>
        <translation>{records}、次の目安は{mark}件</translation>
    </message>
    <message>
        <source>2 show the form, 30 make good examples, 200 are enough to tune a small model, 500 and 1,000 make it better.</source>
        <translation>2件で形式が伝わり、30件で良い例が選べ、200件で小さなモデルをチューニングできます。500件、1,000件とあればさらに良くなります。</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Ask the model</source>
        <translation>モデルに聞いてみる</translation>
    </message>
    <message>
        <source>Show it examples</source>
        <translation>例を見せる</translation>
    </message>
    <message>
        <source>Judge an answer</source>
        <translation>回答を判定する</translation>
    </message>
    <message>
        <source>Let the model learn</source>
        <translation>モデルに学習させる</translation>
    </message>
    <message>
        <source>Compare before and after</source>
        <translation>学習の前後を比べる</translation>
    </message>
    <message>
        <source>Bring ten of your own examples</source>
        <translation>手持ちの例を10件用意する</translation>
    </message>
    <message>
        <source>Press Run. The model has one sentence of instruction to go by, so its answer will hardly have the form you need.</source>
        <translation>「実行」を押してください。モデルへの指示は1文だけなので、まだ望んだ形の回答にはなりません。</translation>
    </message>
    <message>
        <source>The examples stand in the prompt. Press Run again and look how the answer has changed.</source>
        <translation>プロンプトに例が入りました。もう一度「実行」を押して、回答がどう変わるか見てください。</translation>
    </message>
    <message>
        <source>First set some records aside for the test, with the numbers that are proposed. The model never sees them, so they can judge it later.</source>
        <translation>まず、提案された件数のまま、一部のレコードをテスト用に取り分けてください。学習には使わないので、あとで公平に評価できます。</translation>
    </message>
    <message>
        <source>Choose Quick as the goal and press “Check before start”: it shows what exactly would be learned. Nothing is trained yet.</source>
        <translation>目標に「速さ優先」を選び、「開始前に確認」を押してください。何を学習するのかが表示されます。学習はまだ始まりません。</translation>
    </message>
    <message>
        <source>The records are checked. Start the training: it runs on this computer and costs nothing.</source>
        <translation>レコードの確認が済みました。学習を始めてください。このコンピューターで動くので、費用はかかりません。</translation>
    </message>
    <message>
        <source>Let the model answer the records set aside for the test, before and after learning. Only records it never saw can show what it gained.</source>
        <translation>テスト用に取り分けたレコードに、学習の前と後のモデルで回答させてください。見たことのないレコードでこそ、学習の成果が分かります。</translation>
    </message>
    <message>
        <source>The comparison is there. Advise says what it means: are examples in the prompt enough, or has the training paid?</source>
        <translation>比較ができました。プロンプトの例だけで足りるのか、学習した甲斐があったのかは、「アドバイス」で分かります。</translation>
    </message>
    <message>
        <source>Press “From records…” and add three or four tickets, not the one above: with their right answers they show the form better than rules do.</source>
        <translation>「レコードから…」を押して、上に出ているもの以外のチケットを3～4件追加してください。規則を書くより、正解の付いた例を見せるほうが、回答の形がよく伝わります。</translation>
    </message>
    <message>
        <source>Every answer is kept under Data. Say whether this one is good, or press Correct, type the right one and keep it with Ctrl+Enter: a model learns from that.</source>
        <translation>回答はすべて「データ」に残ります。この回答の良し悪しを付けるか、「修正」を押して正しい回答を入力し、Ctrl+Enterで保存してください。モデルはそこから学びます。</translation>
    </message>
    <message>
        <source>Now your own task: paste ten inputs with their right answers, or take them from a CSV file. They become a project of your own. The menu at the project’s name has this too.</source>
        <translation>次はご自身の課題です。入力と正解を10件、貼り付けるかCSVファイルから読み込んでください。あなたのプロジェクトになります。プロジェクト名のメニューからも始められます。</translation>
    </message>
    <message>
        <source>A comparison needs a trained model first: set records aside, check them and start the training.</source>
        <translation>比較には、先に学習済みのモデルが必要です。レコードを取り分け、確認して、学習を始めてください。</translation>
    </message>
    <message>
        <source>The model is answering …</source>
        <translation>モデルが回答しています…</translation>
    </message>
    <message>
        <source>The records are being checked. This goes on by itself.</source>
        <translation>レコードを確認しています。終わると自動で次に進みます。</translation>
    </message>
    <message>
        <source>The model is learning. You may look around meanwhile; this goes on by itself when it is done.</source>
        <translation>モデルが学習しています。その間、ほかの画面を見ていても構いません。終わると自動で次に進みます。</translation>
    </message>
    <message>
        <source>Both are answering. You may look around meanwhile; this goes on by itself when every answer is there.</source>
        <translation>学習前後の両方が回答しています。その間、ほかの画面を見ていても構いません。すべての回答がそろうと自動で次に進みます。</translation>
    </message>
    <message>
        <source>Done: every answer is there.</source>
        <translation>完了：すべての回答がそろいました。</translation>
    </message>
    <message>
        <source>Done: the answer is kept.</source>
        <translation>完了：回答を保存しました。</translation>
    </message>
    <message>
        <source>Done: it answered with examples.</source>
        <translation>完了：例を見て回答しました。</translation>
    </message>
    <message>
        <source>Done: your verdict is kept.</source>
        <translation>完了：判定を保存しました。</translation>
    </message>
    <message>
        <source>Done: the model has learned.</source>
        <translation>完了：モデルが学習しました。</translation>
    </message>
    <message>
        <source>Done: compared and read.</source>
        <translation>完了：比較して結果を確かめました。</translation>
    </message>
    <message>
        <source>Done: your own project.</source>
        <translation>完了：あなたのプロジェクトができました。</translation>
    </message>
</context>
<context>
    <name>GuideStrip</name>
    <message>
        <source>Guided tour</source>
        <translation>ガイドツアー</translation>
    </message>
    <message>
        <source>Leave the guided tour</source>
        <translation>ガイドツアーを閉じる</translation>
    </message>
    <message>
        <source>Bring my examples…</source>
        <translation>手持ちの例を入れる…</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>場所を表示</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>To the step that was skipped last</source>
        <translation>最後に飛ばしたステップに戻ります</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>このステップを飛ばす</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Leave; the project menu has the way back</source>
        <translation>閉じる（プロジェクトメニューから再開できます）</translation>
    </message>
    <message>
        <source>That was the whole way</source>
        <translation>これで一巡しました</translation>
    </message>
    <message>
        <source>Start with your own examples whenever you like: the menu at the project’s name has it, and this tour too.</source>
        <translation>ご自身の例は、いつでもプロジェクト名のメニューから始められます。このツアーも同じメニューにあります。</translation>
    </message>
    <message>
        <source>Your examples stand under Data, the first input in the Lab. The built-in toy knows the sample’s tickets only: add another model in Settings. Then try, judge, collect more – and tune when Advise says so.</source>
        <translation>例は「データ」に、最初の入力は「ラボ」に入っています。内蔵のおもちゃモデルが知っているのはサンプルのチケットだけです。「設定」で別のモデルを追加してください。そのあとは、試して、判定して、例を増やし、「アドバイス」が勧めたらチューニングします。</translation>
    </message>
    <message>
        <source>Step {number} of {count}</source>
        <translation>ステップ {number}/{count}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Find a command</source>
        <translation>コマンドを検索</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>ショートカットキー</translation>
    </message>
    <message>
        <source>Keys  (?)</source>
        <translation>ショートカットキー（?）</translation>
    </message>
</context>
<context>
    <name>HeadlineBar</name>
    <message>
        <source>Switched off, the adapter left the base&apos;s answers exactly as they are; switched on, it changed them. Tried on prompts: {prompts}.</source>
        <translation>アダプターをオフにするとベースの回答とまったく同じになり、オンにすると変わることを確かめました。試したプロンプト：{prompts}件。</translation>
    </message>
    <message>
        <source>Once every answer is there, it is tried whether base and tuned differ by the adapter alone.</source>
        <translation>すべての回答がそろうと、ベースとチューニング後の違いがアダプターだけによることを確かめます。</translation>
    </message>
    <message>
        <source>Result of the comparison</source>
        <translation>比較の結果</translation>
    </message>
    <message>
        <source>Adapter proof</source>
        <translation>アダプターの検証</translation>
    </message>
    <message>
        <source>Answers so far</source>
        <translation>これまでの回答</translation>
    </message>
    <message>
        <source>Time left for the comparison</source>
        <translation>比較の残り時間</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>比較を停止</translation>
    </message>
    <message>
        <source>Answers that are there are kept.</source>
        <translation>届いた回答は残ります。</translation>
    </message>
    <message>
        <source>Go on comparing</source>
        <translation>比較を続ける</translation>
    </message>
</context>
<context>
    <name>HelpActions</name>
    <message>
        <source>What your computer and this program are</source>
        <translation>お使いのコンピューターとこのプログラムの情報</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import records</source>
        <translation>レコードの取り込み</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>行を表示</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>取り込む</translation>
    </message>
    <message numerus="yes">
        <source>Import %n record(s)</source>
        <translation>
            <numerusform>レコード%n件を取り込む</numerusform>
        </translation>
    </message>
    <message>
        <source>Import rows</source>
        <translation>行を取り込む</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Finish import</source>
        <translation>取り込みを終える</translation>
    </message>
</context>
<context>
    <name>ImportMapping</name>
    <message>
        <source>Records</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is to be looked at</source>
        <translation>確認が必要な点</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>データセット</translation>
    </message>
    <message>
        <source>Records of one group, such as a customer, stay in one part</source>
        <translation>同じグループ（同じ顧客など）のレコードは、同じ区分にまとめます</translation>
    </message>
    <message>
        <source>Answer column</source>
        <translation>回答の列</translation>
    </message>
    <message>
        <source>Group column</source>
        <translation>グループの列</translation>
    </message>
    <message>
        <source>Dataset to import into</source>
        <translation>取り込み先のデータセット</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>ファイルの行</translation>
    </message>
    <message>
        <source>Rows with problems</source>
        <translation>問題のある行</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Input column {name}</source>
        <translation>入力の列「{name}」</translation>
    </message>
    <message>
        <source>Pasted cells</source>
        <translation>貼り付けたセル</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) can be read</source>
        <translation>
            <numerusform>%n行を読み取れます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n行を除外</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportResult</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is to be looked at</source>
        <translation>確認が必要な点</translation>
    </message>
    <message>
        <source>Kept, but: {reason}</source>
        <translation>取り込みましたが要確認：{reason}</translation>
    </message>
    <message>
        <source>Rows that were left out</source>
        <translation>除外した行</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) added</source>
        <translation>
            <numerusform>レコード%n件を追加しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n行を除外</numerusform>
        </translation>
    </message>
    <message>
        <source>One step: Ctrl+Z takes the whole import back.</source>
        <translation>Ctrl+Zで、取り込み全体をまとめて元に戻せます。</translation>
    </message>
</context>
<context>
    <name>ImportSource</name>
    <message>
        <source>A file: CSV, TSV or JSONL</source>
        <translation>ファイル：CSV、TSV、JSONL</translation>
    </message>
    <message>
        <source>File to import</source>
        <translation>取り込むファイル</translation>
    </message>
    <message>
        <source>Path of the file</source>
        <translation>ファイルのパス</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>ファイルを選択</translation>
    </message>
    <message>
        <source>… or cells from a spreadsheet</source>
        <translation>または、表計算ソフトのセル</translation>
    </message>
    <message>
        <source>Cells to import</source>
        <translation>取り込むセル</translation>
    </message>
    <message>
        <source>Paste rows here, the first row with the names of the columns</source>
        <translation>ここに行を貼り付けてください。1行目は列名です</translation>
    </message>
    <message>
        <source>Choose a file to import</source>
        <translation>取り込むファイルを選択</translation>
    </message>
    <message>
        <source>Tables and JSON lines (*.csv *.tsv *.txt *.jsonl *.json)</source>
        <translation>表とJSON Lines (*.csv *.tsv *.txt *.jsonl *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>InputsModel</name>
    <message>
        <source>Expected answer</source>
        <translation>期待する回答</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
</context>
<context>
    <name>InputsPanel</name>
    <message>
        <source>Paste cells</source>
        <translation>セルを貼り付け</translation>
    </message>
    <message>
        <source>Rows copied in a spreadsheet, the answer in the last column</source>
        <translation>表計算ソフトでコピーした行。最後の列が回答です</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>ファイル…</translation>
    </message>
    <message>
        <source>CSV, TSV or JSONL; a file can be dropped here, too</source>
        <translation>CSV、TSV、JSONL。ここにファイルをドロップすることもできます</translation>
    </message>
    <message>
        <source>Inputs from a file</source>
        <translation>ファイルから入力を追加</translation>
    </message>
    <message>
        <source>Records ▾</source>
        <translation>レコード ▾</translation>
    </message>
    <message>
        <source>From records</source>
        <translation>レコードから</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Take the selected inputs out, or all when none is selected. Del</source>
        <translation>選んだ入力を外します。選んでいなければすべて外します。Del</translation>
    </message>
    <message>
        <source>Remove inputs</source>
        <translation>入力を外す</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>入力</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>入力 %n件</numerusform>
        </translation>
    </message>
    <message>
        <source>for training</source>
        <translation>学習用</translation>
    </message>
    <message>
        <source>for validation</source>
        <translation>検証用</translation>
    </message>
    <message>
        <source>set aside for the test</source>
        <translation>テスト用に取り置き</translation>
    </message>
    <message>
        <source>not divided yet</source>
        <translation>未分割</translation>
    </message>
    <message>
        <source>{dataset}: {part} ({count})</source>
        <translation>{dataset}：{part}（{count}件）</translation>
    </message>
    <message>
        <source>Choose a file with inputs</source>
        <translation>入力のファイルを選ぶ</translation>
    </message>
</context>
<context>
    <name>JobRow</name>
    <message>
        <source>Progress: {title}</source>
        <translation>進み具合：{title}</translation>
    </message>
    <message>
        <source>Stop: {title}</source>
        <translation>停止：{title}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>{share} · {time} left</source>
        <translation>{share} · 残り{time}</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>ほか%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JudgePanel</name>
    <message>
        <source>Expected answer</source>
        <translation>期待する回答</translation>
    </message>
    <message>
        <source>Use the known one</source>
        <translation>既知の正解を使う</translation>
    </message>
    <message>
        <source>The right answer somebody gave to this very input before</source>
        <translation>まったく同じ入力に以前付けられた正解</translation>
    </message>
    <message>
        <source>Use the known answer</source>
        <translation>既知の正解を使う</translation>
    </message>
    <message>
        <source>Optional: the right answer, to see at once whether it was given</source>
        <translation>任意：正解を書くと、合っているかがすぐ分かります</translation>
    </message>
    <message>
        <source>Keys G, B, C and E mean the answer of {model}.</source>
        <translation>G・B・C・Eのキーは「{model}」の回答に働きます。</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>ショートカットキー</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全画面共通</translation>
    </message>
    <message>
        <source>List of keys</source>
        <translation>ショートカットキーの一覧</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>LabHints</name>
    <message>
        <source>“{name}” has no value yet.</source>
        <translation>「{name}」にまだ値がありません。</translation>
    </message>
    <message>
        <source>“{name}” has a value and is not used in the prompt.</source>
        <translation>「{name}」には値がありますが、プロンプトで使われていません。</translation>
    </message>
    <message>
        <source>No answer can keep both: “{first}” and “{second}”.</source>
        <translation>「{first}」と「{second}」を両方守れる回答はありません。</translation>
    </message>
    <message>
        <source>“{rule}” takes at least {tokens} tokens, but the answer is cut after {limit}.</source>
        <translation>「{rule}」には少なくとも {tokens} トークン必要ですが、回答は {limit} トークンで切られます。</translation>
    </message>
    <message>
        <source>Example {example} has no “{name}”.</source>
        <translation>例 {example} に「{name}」がありません。</translation>
    </message>
    <message>
        <source>Example {example} has no answer.</source>
        <translation>例 {example} に回答がありません。</translation>
    </message>
    <message>
        <source>Example {example} breaks its own format: {problem}</source>
        <translation>例 {example} が、決めた形式と合っていません：{problem}</translation>
    </message>
    <message>
        <source>Example {example} does not keep to “{rule}”: it has {count}.</source>
        <translation>例 {example} は「{rule}」を守っていません（実際は {count}）。</translation>
    </message>
    <message>
        <source>Thinking takes room, and the answer is cut after {limit} tokens: raise the longest answer.</source>
        <translation>考える分だけ長くなりますが、回答は {limit} トークンで切られます。「回答の最大長」を上げてください。</translation>
    </message>
    <message>
        <source>Thinking aloud and an answer that is nothing but JSON exclude each other.</source>
        <translation>考えを書き出すことと、JSONだけで答えることは両立しません。</translation>
    </message>
    <message>
        <source>The model is to reason by itself, but no effort is chosen.</source>
        <translation>モデル自身に推論させる設定ですが、推論の強さが選ばれていません。</translation>
    </message>
    <message>
        <source>No text can be read from “{name}”.</source>
        <translation>「{name}」から文字を読み取れません。</translation>
    </message>
    <message>
        <source>Step {step} uses “{name}” before it is there.</source>
        <translation>ステップ {step} が、まだ得られていない「{name}」を使っています。</translation>
    </message>
    <message>
        <source>Answers and follow-ups do not take turns.</source>
        <translation>回答と追加の指示が交互になっていません。</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>メールアドレス</translation>
    </message>
    <message>
        <source>account number (IBAN)</source>
        <translation>口座番号（IBAN）</translation>
    </message>
    <message>
        <source>card number</source>
        <translation>カード番号</translation>
    </message>
    <message>
        <source>My Number</source>
        <translation>マイナンバー</translation>
    </message>
    <message>
        <source>telephone number</source>
        <translation>電話番号</translation>
    </message>
    <message>
        <source>postal address</source>
        <translation>住所</translation>
    </message>
    <message>
        <source>Likely personal data: {kinds}.</source>
        <translation>個人情報らしいものがあります：{kinds}。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>LabIssues</name>
    <message>
        <source>Write or paste a message first.</source>
        <translation>まずメッセージを入力してください。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>「{name}」が空です。</translation>
    </message>
    <message>
        <source>“{name}” is not used in the prompt.</source>
        <translation>「{name}」はプロンプトで使われていません。</translation>
    </message>
    <message>
        <source>“{name}” has no value.</source>
        <translation>「{name}」に値がありません。</translation>
    </message>
    <message>
        <source>Example {number} has no “{name}”.</source>
        <translation>例{number}に「{name}」がありません。</translation>
    </message>
    <message>
        <source>Example {number} has no answer.</source>
        <translation>例{number}に回答がありません。</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>Lab</source>
        <translation>ラボ</translation>
    </message>
    <message>
        <source>Run the prompt</source>
        <translation>プロンプトを実行</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>回答を停止</translation>
    </message>
    <message>
        <source>Rate the answer good</source>
        <translation>回答を「良い」と評価</translation>
    </message>
    <message>
        <source>Rate the answer bad</source>
        <translation>回答を「悪い」と評価</translation>
    </message>
    <message>
        <source>Correct the answer</source>
        <translation>回答を修正</translation>
    </message>
    <message>
        <source>Use the answer as an example</source>
        <translation>回答を例に使う</translation>
    </message>
    <message>
        <source>Show the versions of the prompt</source>
        <translation>プロンプトの版を表示</translation>
    </message>
    <message>
        <source>Preview what is sent</source>
        <translation>送られる内容をプレビュー</translation>
    </message>
    <message>
        <source>No model can run yet.</source>
        <translation>まだ実行できるモデルがありません。</translation>
    </message>
    <message>
        <source>Looking for the tuned model …</source>
        <translation>チューニング後のモデルを探しています…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>もう一度確認</translation>
    </message>
    <message>
        <source>Added to the examples in the prompt</source>
        <translation>プロンプト内の例に追加しました</translation>
    </message>
</context>
<context>
    <name>LearnedRows</name>
    <message>
        <source>What is learned</source>
        <translation>何を学習するか</translation>
    </message>
    <message>
        <source>Rows before</source>
        <translation>前の行</translation>
    </message>
    <message>
        <source>Rows after</source>
        <translation>次の行</translation>
    </message>
    <message>
        <source>Rows as the model sees them</source>
        <translation>モデルから見た行</translation>
    </message>
    <message>
        <source>Underlined: learned, the stop mark included. Grey: only read.</source>
        <translation>下線：学習する部分（終了記号を含む）。灰色：読むだけの部分。</translation>
    </message>
    <message>
        <source>rows {first} to {last} of {count}</source>
        <translation>{count}行中{first}～{last}行目</translation>
    </message>
    <message>
        <source>left out: {reason}</source>
        <translation>除外：{reason}</translation>
    </message>
    <message>
        <source>{trained} of {all} tokens learned</source>
        <translation>{all}トークン中{trained}トークンを学習</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>A model is being tuned. Go on without the window?</source>
        <translation>モデルをチューニング中です。ウィンドウを閉じて続けますか？</translation>
    </message>
    <message>
        <source>Keep running and close</source>
        <translation>続けて閉じる</translation>
    </message>
    <message>
        <source>Stop, keep what was learned, close</source>
        <translation>停止・保存して閉じる</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>閉じない</translation>
    </message>
    <message>
        <source>Tuning goes on in the background, and the window finds it again when you open this project.</source>
        <translation>チューニングは裏側で続き、次にこのプロジェクトを開いたときに引き継がれます。</translation>
    </message>
</context>
<context>
    <name>LengthChart</name>
    <message>
        <source>{rows} rows, the longest {longest} tokens, limit {limit}</source>
        <translation>{rows}行、最長{longest}トークン、上限{limit}</translation>
    </message>
    <message>
        <source>Row lengths</source>
        <translation>行の長さ</translation>
    </message>
    <message>
        <source>limit {limit}</source>
        <translation>上限 {limit}</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Language and appearance</source>
        <translation>言語と外観</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Loss chart</source>
        <translation>損失のグラフ</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Step {step}: training loss {loss}</source>
        <translation>ステップ{step}：学習損失 {loss}</translation>
    </message>
    <message>
        <source>Step {step}: validation loss {loss}</source>
        <translation>ステップ{step}：検証損失 {loss}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something went wrong in the program itself.</source>
        <translation>プログラム自体に問題が起きました。</translation>
    </message>
    <message>
        <source>The program ended unexpectedly the last time.</source>
        <translation>前回、プログラムが予期せず終了しました。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Workbench</translation>
    </message>
    <message>
        <source>{project} – Workbench</source>
        <translation>{project} – Workbench</translation>
    </message>
</context>
<context>
    <name>MatrixResults</name>
    <message>
        <source>Answers by input, version and model</source>
        <translation>入力・バージョン・モデルごとの回答</translation>
    </message>
    <message>
        <source>Answer of the cell</source>
        <translation>セルの回答</translation>
    </message>
    <message>
        <source>Answered so far</source>
        <translation>ここまでの回答</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Begin no further call; what is being answered is finished</source>
        <translation>新しい呼び出しを始めません。回答中のものは最後まで待ちます</translation>
    </message>
    <message>
        <source>Stop the calls</source>
        <translation>呼び出しを停止</translation>
    </message>
    <message>
        <source>Stop at once</source>
        <translation>すぐに停止</translation>
    </message>
    <message>
        <source>Also cut off what is being answered; what arrived is kept</source>
        <translation>回答中のものも打ち切ります。届いた分は残ります</translation>
    </message>
    <message>
        <source>Ask what is missing: {plan}</source>
        <translation>残りを質問：{plan}</translation>
    </message>
    <message>
        <source>Resume the calls</source>
        <translation>呼び出しを再開</translation>
    </message>
    <message>
        <source>Choose a cell to read its answer.</source>
        <translation>セルを選ぶと回答を読めます。</translation>
    </message>
</context>
<context>
    <name>MatrixSetup</name>
    <message>
        <source>Versions of the prompt</source>
        <translation>プロンプトのバージョン</translation>
    </message>
    <message>
        <source>Versions to run</source>
        <translation>実行するバージョン</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Models to ask</source>
        <translation>質問するモデル</translation>
    </message>
    <message>
        <source>Ask each how often</source>
        <translation>それぞれの質問回数</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>繰り返し</translation>
    </message>
    <message>
        <source>Ask again what was answered before</source>
        <translation>回答済みのものも質問し直す</translation>
    </message>
    <message>
        <source>no example</source>
        <translation>例なし</translation>
    </message>
    <message numerus="yes">
        <source>first %n example(s)</source>
        <translation>
            <numerusform>最初の例%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>What stands in the Lab</source>
        <translation>ラボで編集中のもの</translation>
    </message>
    <message>
        <source>v{number}</source>
        <translation>v{number}</translation>
    </message>
    <message>
        <source>Run all inputs</source>
        <translation>すべての入力を実行</translation>
    </message>
    <message>
        <source>Start the calls</source>
        <translation>呼び出しを開始</translation>
    </message>
    <message>
        <source>The message has no part that varies yet, so every input would ask the same. Mark the words in the Lab and press “Make this vary”.</source>
        <translation>メッセージにまだ変わる部分がないため、どの入力でも同じ質問になります。ラボで語句を選び、「ここを変数にする」を押してください。</translation>
    </message>
    <message>
        <source>Add inputs: paste cells, choose a file, or records.</source>
        <translation>入力を追加してください：セルの貼り付け、ファイル、またはレコードから。</translation>
    </message>
    <message>
        <source>Tick at least one version and one model.</source>
        <translation>バージョンとモデルを1つ以上選んでください。</translation>
    </message>
</context>
<context>
    <name>MatrixSheet</name>
    <message>
        <source>Run all inputs</source>
        <translation>すべての入力を実行</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>New or earlier run</source>
        <translation>新しい実行または以前の実行</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Calls that are being made go on</source>
        <translation>進行中の呼び出しは続きます</translation>
    </message>
    <message>
        <source>A new run</source>
        <translation>新しい実行</translation>
    </message>
</context>
<context>
    <name>MatrixWords</name>
    <message numerus="yes">
        <source>%n new call(s)</source>
        <translation>
            <numerusform>新しい呼び出し%n回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already answered</source>
        <translation>
            <numerusform>回答済み%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>約{time}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>The price of some of these calls is not known, so the limit of {cap} cannot be kept: they are not asked. Choose other models, or take the limit away.</source>
        <translation>料金が分からない呼び出しがあるため、上限{cap}を守れず、それらは質問されません。別のモデルを選ぶか、上限をなくしてください。</translation>
    </message>
    <message>
        <source>In the worst case all of it costs {needed}, and {spent} of the limit of {cap} are spent: what fits is asked, then it stops and can be resumed. Take fewer inputs, models or repeats, or raise the limit.</source>
        <translation>全部で最大{needed}かかる可能性があり、上限{cap}のうち{spent}は使用済みです。収まる分だけ質問して止まり、後で再開できます。入力・モデル・繰り返しを減らすか、上限を上げてください。</translation>
    </message>
    <message>
        <source>↻ will be asked again</source>
        <translation>↻ もう一度質問します</translation>
    </message>
    <message>
        <source>○ open</source>
        <translation>○ 未回答</translation>
    </message>
    <message>
        <source>… being answered</source>
        <translation>… 回答中</translation>
    </message>
    <message>
        <source>! failed</source>
        <translation>! 失敗</translation>
    </message>
    <message>
        <source>■ stopped</source>
        <translation>■ 停止</translation>
    </message>
    <message>
        <source>? the program ended</source>
        <translation>? プログラムが終了</translation>
    </message>
    <message>
        <source>v{number}</source>
        <translation>v{number}</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>例%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>{right} of {judged} right ({share} %)</source>
        <translation>正解 {right}/{judged}（{share}%）</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>回答%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} answered</source>
        <translation>{total}件中{done}件回答済み</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>失敗%n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being answered</source>
        <translation>
            <numerusform>回答中%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>{day}: {inputs} inputs, {versions} versions, {models} models</source>
        <translation>{day}：入力{inputs}・バージョン{versions}・モデル{models}</translation>
    </message>
</context>
<context>
    <name>MetricGrid</name>
    <message>
        <source>difference</source>
        <translation>差</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Find a model</source>
        <translation>モデルを探す</translation>
    </message>
    <message>
        <source>Can I use this one?</source>
        <translation>このモデルは使えますか？</translation>
    </message>
    <message>
        <source>Copy a request to my administrator</source>
        <translation>管理者への依頼文をコピー</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>お気に入り</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内蔵</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>このコンピューター</translation>
    </message>
    <message>
        <source>Amazon Bedrock</source>
        <translation>Amazon Bedrock</translation>
    </message>
    <message>
        <source>Other servers</source>
        <translation>その他のサーバー</translation>
    </message>
    <message>
        <source>Keep among the favourites</source>
        <translation>お気に入りに入れる</translation>
    </message>
    <message>
        <source>{model} cannot be used: {reason}</source>
        <translation>{model}は使えません：{reason}</translation>
    </message>
    <message>
        <source>{name} is not listed: {reason}</source>
        <translation>{name}のモデルは表示できません：{reason}</translation>
    </message>
    <message>
        <source>Some models of your account are not listed. What could not be read: {actions}.</source>
        <translation>アカウントのモデルの一部は表示されていません。読み取れなかったもの：{actions}。</translation>
    </message>
    <message>
        <source>A toy made for practice: real, tiny, and often wrong.</source>
        <translation>練習用のおもちゃモデルです。本物ですがとても小さく、よく間違えます。</translation>
    </message>
    <message>
        <source>On this computer, folder {folder}.</source>
        <translation>このコンピューターのフォルダー「{folder}」にあります。</translation>
    </message>
    <message>
        <source>Answered by {server}.</source>
        <translation>{server}が答えます。</translation>
    </message>
    <message>
        <source>Tuned: the adapter is on.</source>
        <translation>チューニング後：アダプターはオンです。</translation>
    </message>
    <message>
        <source>Practice: SANDBOX on this computer answers with the built-in toy, under this model&apos;s name.</source>
        <translation>練習：このコンピューターのSANDBOXが、このモデルの名前で、内蔵のおもちゃモデルを使って答えます。</translation>
    </message>
    <message>
        <source>Retires on {day}.</source>
        <translation>{day}に提供終了。</translation>
    </message>
    <message>
        <source>Amazon Bedrock, {region}.</source>
        <translation>Amazon Bedrock（{region}）。</translation>
    </message>
    <message>
        <source>Price unknown.</source>
        <translation>料金は不明です。</translation>
    </message>
    <message>
        <source>${input} in, ${output} out for a million tokens (list price, {day}).</source>
        <translation>100万トークンあたり入力${input}、出力${output}（定価、{day}）。</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>SANDBOX, no cost</source>
        <translation>SANDBOX、無料</translation>
    </message>
    <message>
        <source>no cost</source>
        <translation>無料</translation>
    </message>
    <message>
        <source>{calls}, {cost}</source>
        <translation>{calls}、{cost}</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>費用不明</translation>
    </message>
    <message>
        <source>at most {amount}</source>
        <translation>最大{amount}</translation>
    </message>
    <message>
        <source>not billed</source>
        <translation>請求なし</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>料金不明</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>約{amount}</translation>
    </message>
    <message numerus="yes">
        <source>{known} and %n call(s) of unknown price</source>
        <translation>
            <numerusform>{known}、ほかに料金不明%n回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n回の呼び出し</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>New dataset</source>
        <translation>新しいデータセット</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Name of the dataset</source>
        <translation>データセットの名前</translation>
    </message>
    <message>
        <source>Make dataset</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>NoteField</name>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Why is it right or wrong?  N</source>
        <translation>なぜ正しいか、なぜ違うか  N</translation>
    </message>
    <message>
        <source>saved ✓</source>
        <translation>保存済み ✓</translation>
    </message>
    <message>
        <source>saving …</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>Own</name>
    <message>
        <source>Nothing yet. Paste, type, or drop a file on the table.</source>
        <translation>まだ何もありません。貼り付けるか、入力するか、表にファイルをドロップしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s).</source>
        <translation>
            <numerusform>例は%n件です。</numerusform>
        </translation>
    </message>
    <message>
        <source>1 without an answer is left as a question to try in the Lab.</source>
        <translation>回答のない1件は、ラボで試す質問として残します。</translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer: the first is left as a question to try in the Lab, the others are not taken.</source>
        <translation>
            <numerusform>回答のない行が%n件あります。最初の1件はラボで試す質問として残し、ほかは取り込みません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) stand there more than once.</source>
        <translation>
            <numerusform>%n件の入力が重複しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ten are a good start, fewer will do.</source>
        <translation>10件あると始めやすいですが、少なくても構いません。</translation>
    </message>
    <message>
        <source>There is an answer but nothing that comes in: row {rows}.</source>
        <translation>回答だけで入力がない行があります：{rows}行目。</translation>
    </message>
    <message>
        <source>At least one example with its right answer is needed.</source>
        <translation>正解の付いた例が1件以上必要です。</translation>
    </message>
    <message>
        <source>This file is no table of text, so nothing was taken from it. In your spreadsheet program save the sheet as CSV, or copy its cells and paste them.</source>
        <translation>このファイルはテキストの表ではないため、何も読み込みませんでした。表計算ソフトでシートをCSVとして保存するか、セルをコピーして貼り付けてください。</translation>
    </message>
    <message>
        <source>There is no text to paste. Copy two columns in your spreadsheet program first.</source>
        <translation>貼り付けるテキストがありません。先に表計算ソフトで2列をコピーしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) could not be read</source>
        <translation>
            <numerusform>%n行を読み取れませんでした</numerusform>
        </translation>
    </message>
    <message>
        <source>first row {row}: {reason}</source>
        <translation>最初は{row}行目：{reason}</translation>
    </message>
</context>
<context>
    <name>OwnExamplesDialog</name>
    <message>
        <source>Bring ten of your own examples</source>
        <translation>手持ちの例を10件用意する</translation>
    </message>
    <message>
        <source>On the left what comes in, on the right the answer you would give. Copy two columns from a spreadsheet and paste them here.</source>
        <translation>左に入力、右にあなたならこう答えるという回答を書きます。表計算ソフトの2列をコピーして、ここに貼り付けられます。</translation>
    </message>
    <message>
        <source>Your examples</source>
        <translation>手持ちの例</translation>
    </message>
    <message>
        <source>What comes in</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>The right answer</source>
        <translation>正しい回答</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Paste examples</source>
        <translation>例を貼り付け</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>ファイルから…</translation>
    </message>
    <message>
        <source>Examples from a file</source>
        <translation>ファイルから例を読み込む</translation>
    </message>
    <message>
        <source>CSV or TSV; it can also be dropped here</source>
        <translation>CSVまたはTSV。ここにドロップすることもできます</translation>
    </message>
    <message>
        <source>Remove rows</source>
        <translation>行を削除</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>足りないもの</translation>
    </message>
    <message>
        <source>Make the project</source>
        <translation>プロジェクトを作成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Make my project</source>
        <translation>自分のプロジェクトを作成</translation>
    </message>
    <message>
        <source>Choose a file with your examples</source>
        <translation>例のファイルを選択</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>My examples</source>
        <translation>手持ちの例</translation>
    </message>
    <message>
        <source>Throw these examples away?</source>
        <translation>この例を破棄しますか？</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>編集を続ける</translation>
    </message>
    <message>
        <source>Throw them away</source>
        <translation>破棄する</translation>
    </message>
    <message>
        <source>No project has been made of them yet.</source>
        <translation>まだプロジェクトになっていません。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find a command</source>
        <translation>コマンドを検索</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>やりたいことを入力</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>見つかったコマンド</translation>
    </message>
    <message>
        <source>No command has this name.</source>
        <translation>該当するコマンドはありません。</translation>
    </message>
    <message>
        <source>Look for “{text}” in the answers</source>
        <translation>回答から「{text}」を検索</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>+ model</source>
        <translation>＋モデル</translation>
    </message>
    <message>
        <source>Ask one more model at the same time</source>
        <translation>もう1つのモデルにも同時に質問します</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>モデルを追加</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop this one; what arrived is kept</source>
        <translation>このモデルだけ停止します。届いた分は残ります</translation>
    </message>
    <message>
        <source>Stop model {number}</source>
        <translation>モデル{number}を停止</translation>
    </message>
    <message>
        <source>Ask this model no more; its answers are kept</source>
        <translation>このモデルを外します。回答は残ります</translation>
    </message>
    <message>
        <source>Remove model {number}</source>
        <translation>モデル{number}を外す</translation>
    </message>
</context>
<context>
    <name>ParametersPanel</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 gives the same answer every time; higher is more varied.</source>
        <translation>0なら毎回同じ回答になり、大きいほど変化に富みます。</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Leaves out unlikely words; no effect at temperature 0.</source>
        <translation>可能性の低い語を除きます。温度0では効果がありません。</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答の最大長</translation>
    </message>
    <message>
        <source>In tokens; the answer is cut after this many.</source>
        <translation>トークン数。ここで回答を打ち切ります。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>The same seed repeats a varied answer.</source>
        <translation>同じシードなら、変化のある回答でも再現できます。</translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation>停止文字列</translation>
    </message>
    <message>
        <source>The answer ends before these, parted by blanks; \n is a new line.</source>
        <translation>この文字列の手前で回答を終えます。空白区切り、\nは改行です。</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message>
        <source>No project is open.</source>
        <translation>プロジェクトが開かれていません。</translation>
    </message>
    <message>
        <source>There is a project with this name in this folder already.</source>
        <translation>このフォルダーには同じ名前のプロジェクトがすでにあります。</translation>
    </message>
    <message>
        <source>The project file is no longer there. Was it moved or renamed?</source>
        <translation>プロジェクトファイルが見つかりません。移動したか、名前を変えていませんか？</translation>
    </message>
    <message>
        <source>This file is not a Workbench project.</source>
        <translation>このファイルはWorkbenchのプロジェクトではありません。</translation>
    </message>
    <message>
        <source>This project was made by a newer version of Workbench. It was left as it is; please update the program to open it.</source>
        <translation>このプロジェクトは新しいバージョンのWorkbenchで作られています。何も変更していません。開くにはプログラムを更新してください。</translation>
    </message>
    <message>
        <source>Another window has this project open. Please use that one.</source>
        <translation>このプロジェクトは別のウィンドウで開いています。そちらをお使いください。</translation>
    </message>
    <message>
        <source>The project file cannot be read. Nothing in it was changed.</source>
        <translation>プロジェクトファイルを読み取れません。中身は変更していません。</translation>
    </message>
    <message>
        <source>A project needs a name.</source>
        <translation>プロジェクトに名前を付けてください。</translation>
    </message>
    <message>
        <source>The project file is write-protected. What you see is kept.</source>
        <translation>プロジェクトファイルは書き込み禁止です。表示中の内容は失われません。</translation>
    </message>
    <message>
        <source>The sample project is missing from this installation.</source>
        <translation>このインストールにはサンプルプロジェクトが含まれていません。</translation>
    </message>
    <message>
        <source>The disk is full. Free some space, then do it again.</source>
        <translation>ディスクがいっぱいです。空きを作ってから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The message is empty. Write what the model should answer.</source>
        <translation>メッセージが空です。モデルに答えてほしい内容を書いてください。</translation>
    </message>
    <message>
        <source>This record is set aside for the test, so it cannot be an example in the prompt: the test would no longer be fair.</source>
        <translation>このレコードはテスト用に取り分けてあるため、プロンプト内の例には使えません。使うとテストが公平でなくなります。</translation>
    </message>
    <message>
        <source>There is no right answer yet. Correct the answer or rate it good.</source>
        <translation>まだ正解がありません。回答を修正するか、「良い」と評価してください。</translation>
    </message>
    <message>
        <source>The same input would stand in two parts, or an example of the prompt in the test. Nothing was changed.</source>
        <translation>同じ入力が2つの区分にまたがるか、プロンプト内の例がテスト用に入ってしまいます。何も変更していません。</translation>
    </message>
    <message>
        <source>There are too few records to set some aside for the test.</source>
        <translation>レコードが少なすぎて、テスト用に取り分けられません。</translation>
    </message>
    <message>
        <source>This trial is no longer there.</source>
        <translation>この試行はもうありません。</translation>
    </message>
    <message>
        <source>This record is no longer there.</source>
        <translation>このレコードはもうありません。</translation>
    </message>
    <message>
        <source>The tuned model of this run is no longer there.</source>
        <translation>この学習でできたモデルはもうありません。</translation>
    </message>
    <message>
        <source>This folder does not hold a model that can be used here.</source>
        <translation>このフォルダーには、ここで使えるモデルがありません。</translation>
    </message>
    <message>
        <source>The folder of this model is no longer there.</source>
        <translation>このモデルのフォルダーが見つかりません。</translation>
    </message>
    <message>
        <source>This step cannot be taken back any more, because something newer depends on it. Nothing was changed.</source>
        <translation>後の操作がこの操作に基づいているため、元に戻せません。何も変更していません。</translation>
    </message>
    <message>
        <source>Models cannot run on this computer yet: no Python with torch was found. Choose one in Settings, or run packaging/dev.py once.</source>
        <translation>このコンピューターではまだモデルを実行できません。torchの入ったPythonが見つかりません。設定で選ぶか、packaging/dev.pyを一度実行してください。</translation>
    </message>
    <message>
        <source>The Python chosen for models is not there: {path}. Choose another one in Settings.</source>
        <translation>モデル用に選んだPythonが見つかりません：{path}。設定で選び直してください。</translation>
    </message>
    <message>
        <source>The Python chosen for models cannot be started. Choose another in Settings.</source>
        <translation>モデル用に選んだPythonを起動できません。設定で選び直してください。</translation>
    </message>
    <message>
        <source>The project file is busy. Nothing was lost; do it again.</source>
        <translation>プロジェクトファイルが使用中です。何も失われていません。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The project was closed meanwhile.</source>
        <translation>途中でプロジェクトが閉じられました。</translation>
    </message>
    <message>
        <source>The copy needs another name or another folder.</source>
        <translation>コピーには別の名前か別のフォルダーを指定してください。</translation>
    </message>
    <message>
        <source>A dataset needs a name.</source>
        <translation>データセットに名前を付けてください。</translation>
    </message>
    <message>
        <source>A tag needs a name.</source>
        <translation>タグに名前を付けてください。</translation>
    </message>
    <message>
        <source>Type the input first.</source>
        <translation>まず入力を書いてください。</translation>
    </message>
    <message>
        <source>Type the right answer first.</source>
        <translation>まず正解を書いてください。</translation>
    </message>
    <message>
        <source>The disk failed. What was saved before is kept.</source>
        <translation>ディスクにエラーが起きました。それまでに保存した内容は残っています。</translation>
    </message>
    <message>
        <source>The file is too large: up to 200 MiB can be imported.</source>
        <translation>ファイルが大きすぎます。取り込めるのは200 MiBまでです。</translation>
    </message>
    <message>
        <source>The sample project cannot be copied into your data folder. Look whether it can be written to.</source>
        <translation>サンプルプロジェクトをデータフォルダーにコピーできません。フォルダーに書き込めるか確認してください。</translation>
    </message>
    <message>
        <source>This is a folder. Choose a file.</source>
        <translation>これはフォルダーです。ファイルを選んでください。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>ファイルを読み取れません。</translation>
    </message>
    <message>
        <source>Nothing can be written to this folder. Choose another one.</source>
        <translation>このフォルダーには書き込めません。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There are no records yet to learn from.</source>
        <translation>学習に使えるレコードがまだありません。</translation>
    </message>
    <message>
        <source>The parts together are larger than the dataset.</source>
        <translation>各区分の合計がデータセットの件数を超えています。</translation>
    </message>
    <message>
        <source>No record is set aside for the test. Divide the dataset first, then tune.</source>
        <translation>テスト用に取り分けたレコードがありません。データセットを分割してからチューニングしてください。</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet. Divide the dataset first.</source>
        <translation>学習用のレコードがまだありません。先にデータセットを分割してください。</translation>
    </message>
    <message>
        <source>This run was started already.</source>
        <translation>この学習はすでに開始しています。</translation>
    </message>
    <message>
        <source>The records must be checked before the start.</source>
        <translation>開始の前にレコードの確認が必要です。</translation>
    </message>
    <message>
        <source>This run is no longer there.</source>
        <translation>この学習はもうありません。</translation>
    </message>
    <message>
        <source>This model has no adapter that could be checked.</source>
        <translation>このモデルには、検証できるアダプターがありません。</translation>
    </message>
    <message>
        <source>This version of the prompt is no longer there.</source>
        <translation>このプロンプトの版はもうありません。</translation>
    </message>
    <message>
        <source>This snapshot of the records is no longer there.</source>
        <translation>このレコードのスナップショットはもうありません。</translation>
    </message>
    <message>
        <source>This comparison is no longer there.</source>
        <translation>この比較はもうありません。</translation>
    </message>
    <message>
        <source>Test records were learned from or stand in the prompt, so the comparison would not be fair. Nothing was kept.</source>
        <translation>テスト用レコードが学習に使われたか、プロンプト内にあるため、公平な比較になりません。何も保存していません。</translation>
    </message>
    <message>
        <source>This answer has not ended yet.</source>
        <translation>この回答はまだ終わっていません。</translation>
    </message>
    <message>
        <source>This record has an answer in the comparison already.</source>
        <translation>このレコードには、この比較での回答がすでにあります。</translation>
    </message>
    <message>
        <source>This record is not in the test part of the comparison.</source>
        <translation>このレコードは、この比較のテスト用に含まれていません。</translation>
    </message>
    <message>
        <source>What was kept once is never changed.</source>
        <translation>一度保存したものは変更できません。</translation>
    </message>
    <message>
        <source>Only what lies in the bin can be deleted.</source>
        <translation>削除できるのは、ごみ箱の中のものだけです。</translation>
    </message>
    <message>
        <source>The window lost sight of this run: its process is gone. What it had saved is kept.</source>
        <translation>学習のプロセスが見つからず、状態が分からなくなりました。保存済みの内容は残っています。</translation>
    </message>
    <message>
        <source>Something went wrong in the program itself. Your data is kept.</source>
        <translation>プログラム自体に問題が起きました。データは失われていません。</translation>
    </message>
    <message>
        <source>The memory was not enough. Use a smaller model or shorter records.</source>
        <translation>メモリーが足りません。より小さいモデルか、より短いレコードを使ってください。</translation>
    </message>
    <message>
        <source>The records cannot be used as they are. See the details.</source>
        <translation>このままではレコードを使えません。詳細をご覧ください。</translation>
    </message>
    <message>
        <source>The chat template of this model cannot be used.</source>
        <translation>このモデルのチャットテンプレートは使えません。</translation>
    </message>
    <message>
        <source>The model cannot be read. Check its folder in Settings.</source>
        <translation>モデルを読み込めません。設定でフォルダーを確認してください。</translation>
    </message>
    <message>
        <source>A limit of the account is reached. Try again later, or ask for a higher one.</source>
        <translation>アカウントの上限に達しました。時間をおいて試すか、上限の引き上げを依頼してください。</translation>
    </message>
    <message>
        <source>The network did not answer. Try again.</source>
        <translation>ネットワークの応答がありません。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written. Free some space first.</source>
        <translation>ディスクがいっぱいか、書き込めません。空きを作ってください。</translation>
    </message>
    <message>
        <source>The driver of the graphics card does not fit. Update it.</source>
        <translation>グラフィックカードのドライバーが合っていません。更新してください。</translation>
    </message>
    <message>
        <source>There is no graphics card to use.</source>
        <translation>使えるグラフィックカードがありません。</translation>
    </message>
    <message>
        <source>The installed torch cannot use this computer&apos;s graphics card.</source>
        <translation>インストールされているtorchでは、このコンピューターのグラフィックカードを使えません。</translation>
    </message>
    <message>
        <source>A library that models need is missing or does not fit.</source>
        <translation>モデルに必要なライブラリーがないか、バージョンが合っていません。</translation>
    </message>
    <message>
        <source>The model&apos;s process ended unexpectedly. What was made is kept.</source>
        <translation>モデルのプロセスが予期せず終了しました。できた分は残っています。</translation>
    </message>
    <message>
        <source>The model&apos;s process failed. What was made is kept.</source>
        <translation>モデルのプロセスでエラーが起きました。できた分は残っています。</translation>
    </message>
    <message>
        <source>editing the prompt</source>
        <translation>プロンプトの編集</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>correction</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>changing the task</source>
        <translation>タスクの変更</translation>
    </message>
    <message>
        <source>moving to the bin</source>
        <translation>ごみ箱への移動</translation>
    </message>
    <message>
        <source>taking out of the bin</source>
        <translation>ごみ箱からの復元</translation>
    </message>
    <message>
        <source>adding records</source>
        <translation>レコードの追加</translation>
    </message>
    <message>
        <source>importing records</source>
        <translation>レコードの取り込み</translation>
    </message>
    <message>
        <source>editing a record</source>
        <translation>レコードの編集</translation>
    </message>
    <message>
        <source>dividing the records</source>
        <translation>レコードの分割</translation>
    </message>
    <message>
        <source>renaming the project</source>
        <translation>プロジェクト名の変更</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止処理中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止済み</translation>
    </message>
    <message>
        <source>Lost sight of</source>
        <translation>状態不明</translation>
    </message>
    <message>
        <source>Answering {title}</source>
        <translation>{title}の回答</translation>
    </message>
    <message>
        <source>Importing {title}</source>
        <translation>{title}の取り込み</translation>
    </message>
    <message>
        <source>Exporting {title}</source>
        <translation>{title}の書き出し</translation>
    </message>
    <message>
        <source>Preparing {title}</source>
        <translation>{title}の準備</translation>
    </message>
    <message>
        <source>Tuning {title}</source>
        <translation>{title}のチューニング</translation>
    </message>
    <message>
        <source>Comparing {title}</source>
        <translation>{title}の比較</translation>
    </message>
    <message>
        <source>Saving a copy {title}</source>
        <translation>コピー{title}の保存</translation>
    </message>
    <message>
        <source>{title}</source>
        <translation>{title}</translation>
    </message>
    <message>
        <source>{what} ({count})</source>
        <translation>{what}（{count}件）</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>「{title}」</translation>
    </message>
    <message>
        <source>Built-in toy</source>
        <translation>内蔵おもちゃモデル</translation>
    </message>
    <message>
        <source>{model} + {adapter}</source>
        <translation>{model}＋{adapter}</translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n時間</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is set up yet to ask this model. See Settings.</source>
        <translation>このモデルを使う準備がまだできていません。設定をご覧ください。</translation>
    </message>
    <message>
        <source>No AWS profile is chosen yet. Choose one in Settings.</source>
        <translation>AWSプロファイルがまだ選ばれていません。設定で選んでください。</translation>
    </message>
    <message>
        <source>You are not signed in to AWS. Sign in in Settings, then run again.</source>
        <translation>AWSにサインインしていません。設定でサインインしてから、もう一度実行してください。</translation>
    </message>
    <message>
        <source>The AWS profile is not complete. Settings shows what mends it.</source>
        <translation>AWSプロファイルの設定が足りません。直し方は設定に表示されます。</translation>
    </message>
    <message>
        <source>This account may not use this model. The list of models tells what to ask your administrator for.</source>
        <translation>このアカウントではこのモデルを使えません。管理者に依頼する内容は、モデルの一覧で確認できます。</translation>
    </message>
    <message>
        <source>The model refused the request.</source>
        <translation>モデルがリクエストを受け付けませんでした。</translation>
    </message>
    <message>
        <source>The prompt is too long for this model. Shorten it.</source>
        <translation>このモデルにはプロンプトが長すぎます。短くしてください。</translation>
    </message>
    <message>
        <source>A filter of the service held the answer back.</source>
        <translation>サービスのフィルターにより、回答が表示されませんでした。</translation>
    </message>
    <message>
        <source>This model is not in this region, or has been retired.</source>
        <translation>このモデルはこのリージョンにないか、提供が終了しています。</translation>
    </message>
    <message>
        <source>The model is not ready yet. Try again in some minutes.</source>
        <translation>モデルの準備ができていません。数分後にもう一度お試しください。</translation>
    </message>
    <message>
        <source>The account&apos;s quota for this model is reached. Try again later.</source>
        <translation>このモデルのアカウントの上限に達しました。しばらくしてからお試しください。</translation>
    </message>
    <message>
        <source>A limit of the account is reached. Ask for a higher one.</source>
        <translation>アカウントの上限に達しました。上限の引き上げを依頼してください。</translation>
    </message>
    <message>
        <source>AWS is having trouble. Try again later.</source>
        <translation>AWSで問題が起きています。しばらくしてからお試しください。</translation>
    </message>
    <message>
        <source>AWS cannot be reached. Look at the network connection.</source>
        <translation>AWSに接続できません。ネットワークを確認してください。</translation>
    </message>
    <message>
        <source>The model failed or took too long.</source>
        <translation>モデルが失敗したか、時間がかかりすぎました。</translation>
    </message>
    <message>
        <source>The connection was lost. What had arrived is kept.</source>
        <translation>接続が切れました。届いた分は保存されています。</translation>
    </message>
    <message>
        <source>The AWS command line is not installed here. Where it is, run the command below, then check again.</source>
        <translation>AWS CLIがインストールされていません。使えるところで下のコマンドを実行してから、もう一度確認してください。</translation>
    </message>
    <message>
        <source>This profile has to be set up in a terminal first: run the command below, then check again.</source>
        <translation>このプロファイルは、まずターミナルで設定する必要があります。下のコマンドを実行してから、もう一度確認してください。</translation>
    </message>
    <message>
        <source>The sign-in did not succeed.</source>
        <translation>サインインできませんでした。</translation>
    </message>
    <message>
        <source>Practice is on, so AWS is not asked. Switch it off in Settings.</source>
        <translation>練習中のため、AWSには接続しません。設定で練習をオフにしてください。</translation>
    </message>
    <message>
        <source>This is a practice model, and Practice is off. Switch it on in Settings.</source>
        <translation>これは練習用のモデルですが、練習がオフになっています。設定でオンにしてください。</translation>
    </message>
    <message>
        <source>Practice has stopped. Switch it off and on again in Settings.</source>
        <translation>練習が停止しました。設定で一度オフにして、もう一度オンにしてください。</translation>
    </message>
    <message>
        <source>Practice could not be started.</source>
        <translation>練習を始められませんでした。</translation>
    </message>
    <message>
        <source>The endpoint of this model is not in the list any more.</source>
        <translation>このモデルのサーバーは一覧から外されています。</translation>
    </message>
    <message>
        <source>This endpoint is in the list already.</source>
        <translation>このサーバーはすでに一覧にあります。</translation>
    </message>
    <message>
        <source>Begin the address with http or https.</source>
        <translation>アドレスはhttpまたはhttpsで始めてください。</translation>
    </message>
    <message>
        <source>This is no address of a server, such as localhost:11434.</source>
        <translation>サーバーのアドレスではありません（例：localhost:11434）。</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535.</source>
        <translation>ポートは1から65535までの数です。</translation>
    </message>
    <message>
        <source>Leave name and password out of the address; give the key below it.</source>
        <translation>アドレスに名前やパスワードを入れないでください。キーは下の欄に入力します。</translation>
    </message>
    <message>
        <source>Leave out everything from the ? or # on in the address.</source>
        <translation>アドレスの「?」や「#」から後ろは省いてください。</translation>
    </message>
    <message>
        <source>Over http anybody on the way can read key and texts. Write https.</source>
        <translation>httpでは、途中の誰もがキーや文章を読めます。httpsにしてください。</translation>
    </message>
    <message>
        <source>A key has no blanks and no line breaks in it. Copy it once more.</source>
        <translation>キーに空白や改行は含まれません。もう一度コピーしてください。</translation>
    </message>
    <message>
        <source>This computer offers no keyring to keep the key in. Use an endpoint that asks for no key, or install a keyring.</source>
        <translation>このコンピューターには、キーを保存するキーリングがありません。キーの要らないサーバーを使うか、キーリングをインストールしてください。</translation>
    </message>
    <message>
        <source>The keyring did not open. Unlock it, then try again.</source>
        <translation>キーリングを開けませんでした。ロックを解除して、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Your own table of models or prices has a mistake in it.</source>
        <translation>ご自身のモデル表または料金表に誤りがあります。</translation>
    </message>
    <message>
        <source>This set-up file holds something that looks like a key or password, so nothing was taken from it. Ask for one without, and have that key changed.</source>
        <translation>この設定ファイルにはキーやパスワードのようなものが含まれているため、何も読み込みませんでした。含まないファイルを依頼し、そのキーは変更してもらってください。</translation>
    </message>
    <message>
        <source>This is no set-up file of Workbench.</source>
        <translation>Workbenchの設定ファイルではありません。</translation>
    </message>
    <message>
        <source>This set-up file was made for a newer Workbench.</source>
        <translation>この設定ファイルは、より新しいWorkbench用です。</translation>
    </message>
    <message>
        <source>The set-up file cannot be used: {reason}</source>
        <translation>設定ファイルを使えません：{reason}</translation>
    </message>
    <message>
        <source>Not asked: it may cost up to {needed}, and {spent} of the {cap} for one run are spent or set aside. Take fewer calls, a cheaper model or a shorter longest answer, or raise the limit.</source>
        <translation>質問していません。最大{needed}かかる可能性があり、1回の実行の上限{cap}のうち{spent}は使用済みまたは確保済みです。呼び出しを減らす、安いモデルにする、回答の最大長を短くする、または上限を上げてください。</translation>
    </message>
    <message>
        <source>Not asked: it may cost up to {needed}, and {spent} of the {cap} for today are spent or set aside. Take a cheaper model or a shorter longest answer, raise the limit, or go on tomorrow.</source>
        <translation>質問していません。最大{needed}かかる可能性があり、今日の上限{cap}のうち{spent}は使用済みまたは確保済みです。安いモデルにする、回答の最大長を短くする、上限を上げる、または明日続けてください。</translation>
    </message>
    <message>
        <source>Not asked: it may cost up to {needed}, and {spent} of the {cap} for this project are spent or set aside. Take a cheaper model or a shorter longest answer, or raise the limit.</source>
        <translation>質問していません。最大{needed}かかる可能性があり、このプロジェクトの上限{cap}のうち{spent}は使用済みまたは確保済みです。安いモデルにする、回答の最大長を短くする、または上限を上げてください。</translation>
    </message>
    <message>
        <source>Not asked: the price of this model is not known, so the limit of {cap} cannot be kept. Choose another model, or take the limit away.</source>
        <translation>質問していません。このモデルの料金が分からないため、上限{cap}を守れません。別のモデルを選ぶか、上限をなくしてください。</translation>
    </message>
    <message>
        <source>Choose between 1 and {most} models.</source>
        <translation>モデルは1～{most}個を選んでください。</translation>
    </message>
    <message>
        <source>There is nothing to ask yet: add an input.</source>
        <translation>まだ質問するものがありません。入力を追加してください。</translation>
    </message>
    <message>
        <source>These are {size} calls; {most} at most can be made together. Take fewer inputs, models or repeats.</source>
        <translation>呼び出しが{size}回になります。一度にできるのは{most}回までです。入力、モデル、または繰り返しを減らしてください。</translation>
    </message>
    <message>
        <source>A prompt with several steps cannot be run over many inputs. Choose a version with one step.</source>
        <translation>複数のステップを持つプロンプトは、多くの入力に対してまとめて実行できません。1ステップのバージョンを選んでください。</translation>
    </message>
    <message>
        <source>These inputs are being asked.</source>
        <translation>これらの入力は質問中です。</translation>
    </message>
    <message>
        <source>These answers are no longer kept.</source>
        <translation>これらの回答はもう残っていません。</translation>
    </message>
    <message>
        <source>Step {step} uses “{name}”, which no earlier step gives. Change the order of the steps, or the name.</source>
        <translation>ステップ{step}で使っている「{name}」は、それより前のステップにありません。順序か名前を直してください。</translation>
    </message>
    <message>
        <source>Step {step} has steps of its own. Put its steps into the one list.</source>
        <translation>ステップ{step}の中に別のステップがあります。一つの並びにまとめてください。</translation>
    </message>
    <message>
        <source>“{name}” is empty. Choose a file with something in it.</source>
        <translation>「{name}」は空です。中身のあるファイルを選んでください。</translation>
    </message>
    <message>
        <source>Files like “{name}” cannot go along with a prompt. Take txt, md, csv, html, pdf, docx, xlsx, png, jpeg, gif or webp.</source>
        <translation>「{name}」のような種類のファイルはプロンプトに添付できません。txt、md、csv、html、pdf、docx、xlsx、png、jpeg、gif、webpのいずれかにしてください。</translation>
    </message>
    <message>
        <source>An attached file is missing from the project&apos;s folder, or was changed there. Attach it again.</source>
        <translation>添付ファイルがプロジェクトのフォルダーにないか、変更されています。もう一度添付してください。</translation>
    </message>
    <message>
        <source>A document needs a message beside it: say what to do with it.</source>
        <translation>文書にはメッセージが必要です。文書をどうしてほしいかを書いてください。</translation>
    </message>
    <message>
        <source>No text can be read from “{name}”. Send it as a file to a model that takes files, or attach a version with text.</source>
        <translation>「{name}」から文字を読み取れません。ファイルを受け取れるモデルにそのまま送るか、文字の入った版を添付してください。</translation>
    </message>
    <message>
        <source>“{name}” is no picture of a kind that models take: PNG, JPEG, GIF or WebP.</source>
        <translation>「{name}」は、モデルが受け取れる画像（PNG、JPEG、GIF、WebP）ではありません。</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password. Save a copy without one and attach that.</source>
        <translation>「{name}」はパスワードで保護されています。パスワードなしの写しを保存して、それを添付してください。</translation>
    </message>
    <message>
        <source>“{name}” has {size} bytes; {most} at most can be sent. Attach a shorter one.</source>
        <translation>「{name}」は{size}バイトです。送れるのは{most}バイトまでです。短いものを添付してください。</translation>
    </message>
    <message>
        <source>{count} files are attached; {most} of this kind at most can be sent.</source>
        <translation>{count}個のファイルが添付されています。この種類は{most}個まで送れます。</translation>
    </message>
    <message>
        <source>“{name}” is {pixels} pixels wide or high; {most} at most can be sent. Make it smaller.</source>
        <translation>「{name}」は縦か横が{pixels}ピクセルあります。送れるのは{most}ピクセルまでです。小さくしてください。</translation>
    </message>
    <message>
        <source>What was planned cannot be changed. Start a new run instead.</source>
        <translation>計画済みの内容は変更できません。新しく始めてください。</translation>
    </message>
    <message>
        <source>This answer belongs to another call of the run.</source>
        <translation>この回答は、別の呼び出しのものです。</translation>
    </message>
    <message>
        <source>This call has an answer already, or is being asked.</source>
        <translation>この呼び出しにはすでに回答があるか、いま実行中です。</translation>
    </message>
    <message>
        <source>This model takes temperature or top-p, not both. Clear one of them.</source>
        <translation>このモデルで指定できるのは、温度かtop-pのどちらか一方です。片方を空にしてください。</translation>
    </message>
    <message>
        <source>“{parameter}” is larger than this model takes: {limit} at most.</source>
        <translation>「{parameter}」が大きすぎます。このモデルでは{limit}までです。</translation>
    </message>
    <message>
        <source>“{parameter}” is smaller than this model takes: {limit} at least.</source>
        <translation>「{parameter}」が小さすぎます。このモデルでは{limit}以上です。</translation>
    </message>
    <message>
        <source>Whether this model takes “{parameter}” is not known.</source>
        <translation>このモデルが「{parameter}」を受け付けるかどうかは不明です。</translation>
    </message>
    <message>
        <source>This model does not take “{parameter}”. Clear it, or change models.</source>
        <translation>このモデルは「{parameter}」を受け付けません。空にするか、モデルを変えてください。</translation>
    </message>
    <message>
        <source>A record cannot be an example in the prompt that it is run with. Switch this example off.</source>
        <translation>実行するレコード自身を、プロンプト内の例にはできません。この例をオフにしてください。</translation>
    </message>
    <message>
        <source>What was spent cannot be changed.</source>
        <translation>使った金額の記録は変更できません。</translation>
    </message>
    <message>
        <source>There is no answer yet that one could answer back to. Run it first.</source>
        <translation>返事をする相手の回答がまだありません。先に実行してください。</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Check before start</source>
        <translation>開始前に確認</translation>
    </message>
    <message>
        <source>Nothing is trained yet.</source>
        <translation>まだ学習は始まりません。</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>確認を停止</translation>
    </message>
    <message>
        <source>Check is running</source>
        <translation>確認中</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>学習を開始</translation>
    </message>
    <message>
        <source>Before we start</source>
        <translation>開始の前に</translation>
    </message>
    <message>
        <source>The rows are being read the way the model will see them …</source>
        <translation>モデルから見えるとおりに行を読み込んでいます…</translation>
    </message>
    <message>
        <source>This dataset is not divided into parts yet: divide it on the Data page, so that some records are set aside for the test.</source>
        <translation>このデータセットはまだ分割されていません。「データ」ページで分割し、一部をテスト用に取り分けてください。</translation>
    </message>
    <message>
        <source>The check reads every row the way the model will see it: how many are trained, what exactly is learned, whether answers will know where to end, and how long it takes. Nothing is trained yet.</source>
        <translation>モデルから見えるとおりに全行を読み、学習する行数、学習する箇所、回答の終わり方を覚えるか、かかる時間を確認します。まだ学習は始まりません。</translation>
    </message>
</context>
<context>
    <name>PracticeSection</name>
    <message>
        <source>Practice</source>
        <translation>練習</translation>
    </message>
    <message>
        <source>Try everything as on AWS, without an account and without cost. A server on this computer answers in place of AWS, with the built-in toy; each of its models and answers is marked SANDBOX.</source>
        <translation>アカウントなし、料金なしで、AWSと同じように試せます。AWSの代わりに、このコンピューターのサーバーが内蔵のおもちゃモデルで答えます。そのモデルと回答には、すべてSANDBOXと表示されます。</translation>
    </message>
    <message>
        <source>Practise without AWS</source>
        <translation>AWSなしで練習する</translation>
    </message>
    <message>
        <source>SANDBOX answers. Nothing is sent to AWS.</source>
        <translation>SANDBOXが答えます。AWSには何も送られません。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>準備しています…</translation>
    </message>
</context>
<context>
    <name>PreflightPanel</name>
    <message>
        <source>Length of the rows in tokens</source>
        <translation>行の長さ（トークン）</translation>
    </message>
</context>
<context>
    <name>PreviewSheet</name>
    <message>
        <source>What is sent to {model}</source>
        <translation>{model} に送られる内容</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文章</translation>
    </message>
    <message>
        <source>Request (JSON)</source>
        <translation>リクエスト（JSON）</translation>
    </message>
    <message>
        <source>Forms of the preview</source>
        <translation>プレビューの形式</translation>
    </message>
    <message>
        <source>Text that is sent</source>
        <translation>送られる文章</translation>
    </message>
    <message>
        <source>Request that is sent</source>
        <translation>送られるリクエスト</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>The request is being made …</source>
        <translation>リクエストを作成しています…</translation>
    </message>
    <message>
        <source>Role and rules</source>
        <translation>役割とルール</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>アシスタント</translation>
    </message>
    <message>
        <source>rules {count}</source>
        <translation>ルール {count}</translation>
    </message>
    <message>
        <source>examples {count}</source>
        <translation>例 {count}</translation>
    </message>
    <message>
        <source>files {count}</source>
        <translation>ファイル {count}</translation>
    </message>
    <message>
        <source>message {count}</source>
        <translation>メッセージ {count}</translation>
    </message>
    <message>
        <source>follow-up {count}</source>
        <translation>追加の指示 {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n トークン</numerusform>
        </translation>
    </message>
    <message>
        <source>Mask it</source>
        <translation>伏せる</translation>
    </message>
</context>
<context>
    <name>ProjectActions</name>
    <message>
        <source>Open project</source>
        <translation>プロジェクトを開く</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>コピーを保存</translation>
    </message>
    <message>
        <source>A copy is kept in {name}.</source>
        <translation>コピーを{name}に保存しました。</translation>
    </message>
    <message>
        <source>Workbench projects (*.workbench)</source>
        <translation>Workbenchプロジェクト (*.workbench)</translation>
    </message>
</context>
<context>
    <name>ProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>新規プロジェクト</translation>
    </message>
    <message>
        <source>The task of this project</source>
        <translation>このプロジェクトのタスク</translation>
    </message>
    <message>
        <source>Make the project</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Keep these changes</source>
        <translation>変更を保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>ProjectMenu</name>
    <message>
        <source>Project menu</source>
        <translation>プロジェクトメニュー</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近使ったプロジェクト</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
</context>
<context>
    <name>ProjectPlace</name>
    <message>
        <source>Project name</source>
        <translation>プロジェクト名</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選択</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>プロジェクトに名前を付けてください。</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>このフォルダーはありません。</translation>
    </message>
    <message>
        <source>There is a project with this name already.</source>
        <translation>同じ名前のプロジェクトがすでにあります。</translation>
    </message>
</context>
<context>
    <name>PromptEditor</name>
    <message>
        <source>Make this vary</source>
        <translation>ここを変数にする</translation>
    </message>
    <message>
        <source>Turn the selected words into a placeholder that changes per input</source>
        <translation>選んだ語を、入力ごとに変わる変数に置き換えます</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Role and rules</source>
        <translation>役割とルール</translation>
    </message>
    <message>
        <source>System prompt; not sent when empty</source>
        <translation>システムプロンプト。空なら送りません</translation>
    </message>
    <message>
        <source>Who answers, and by which rules – for every input the same</source>
        <translation>誰として、どんなルールで答えるか（どの入力でも共通）</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Template of the user&apos;s turn</source>
        <translation>ユーザー側の発言のひな形</translation>
    </message>
    <message>
        <source>Paste an input, select what changes, and make it vary</source>
        <translation>入力を貼り付け、変わる部分を選んで変数にします</translation>
    </message>
    <message>
        <source>Turn the selected words into a value that changes. {keys}</source>
        <translation>選んだ語を、入力ごとに変わる値にします。{keys}</translation>
    </message>
    <message>
        <source>Make rules vary</source>
        <translation>ルールの選択部分を変数にする</translation>
    </message>
    <message>
        <source>Make this vary</source>
        <translation>ここを変数にする</translation>
    </message>
    <message>
        <source>Mask it</source>
        <translation>伏せる</translation>
    </message>
</context>
<context>
    <name>PromptTools</name>
    <message numerus="yes">
        <source>Added %n example(s) to the prompt</source>
        <translation>
            <numerusform>%n 件の例をプロンプトに加えました</numerusform>
        </translation>
    </message>
    <message>
        <source>The version is in the editor; undo brings back what was there.</source>
        <translation>この版を編集欄に戻しました。「元に戻す」で前の内容に戻ります。</translation>
    </message>
    <message>
        <source>Switched off, because they are set aside for the test by now: example {numbers}.</source>
        <translation>今はテスト用に取り分けられているため、例 {numbers} をオフにしました。</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Workbench</source>
        <translation>Workbench</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%n answer(s) wait for review</source>
        <translation>
            <numerusform>レビュー待ちの回答%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>ラボ</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>チューニング</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Advise</source>
        <translation>アドバイス</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Workbench</translation>
    </message>
    <message>
        <source>Project menu</source>
        <translation>プロジェクトメニュー</translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message>
        <source>Good  G</source>
        <translation>良い  G</translation>
    </message>
    <message>
        <source>Key G</source>
        <translation>Gキー</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良い</translation>
    </message>
    <message>
        <source>Bad  B</source>
        <translation>悪い  B</translation>
    </message>
    <message>
        <source>Key B</source>
        <translation>Bキー</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>悪い</translation>
    </message>
    <message>
        <source>Correct  C</source>
        <translation>修正  C</translation>
    </message>
    <message>
        <source>Type the answer it should have given. Key C</source>
        <translation>本来の回答を入力します。Cキー</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Use as example  E</source>
        <translation>例に使う  E</translation>
    </message>
    <message>
        <source>Put it among the examples in the prompt. Key E</source>
        <translation>プロンプト内の例に加えます。Eキー</translation>
    </message>
    <message>
        <source>Use as example</source>
        <translation>例に使う</translation>
    </message>
</context>
<context>
    <name>RecordDetail</name>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Input of the record</source>
        <translation>レコードの入力</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Right answer of the record</source>
        <translation>レコードの正解</translation>
    </message>
    <message>
        <source>Use as example  E</source>
        <translation>例に使う  E</translation>
    </message>
    <message>
        <source>Put it among the examples in the prompt. Key E</source>
        <translation>プロンプト内の例に加えます。Eキー</translation>
    </message>
    <message>
        <source>Use record as example</source>
        <translation>レコードを例に使う</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>ごみ箱へ</translation>
    </message>
    <message>
        <source>Take out of the bin</source>
        <translation>ごみ箱から戻す</translation>
    </message>
    <message>
        <source>Delete; can be taken back</source>
        <translation>削除します。元に戻せます</translation>
    </message>
    <message>
        <source>Bin records</source>
        <translation>レコードをごみ箱へ</translation>
    </message>
    <message>
        <source>group {name}</source>
        <translation>グループ：{name}</translation>
    </message>
</context>
<context>
    <name>RecordDialog</name>
    <message>
        <source>Add a record</source>
        <translation>レコードを追加</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Right answer of the new record</source>
        <translation>新しいレコードの正解</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Add this record</source>
        <translation>このレコードを追加</translation>
    </message>
    <message>
        <source>Input {name}</source>
        <translation>入力「{name}」</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>Added. Type the next one, or close.</source>
        <translation>追加しました。続けて入力するか、閉じてください。</translation>
    </message>
</context>
<context>
    <name>RecordFilter</name>
    <message>
        <source>Search input and answer</source>
        <translation>入力・回答を検索</translation>
    </message>
    <message>
        <source>Search records</source>
        <translation>レコードを検索</translation>
    </message>
    <message>
        <source>Not in the agreed form</source>
        <translation>決めた形式でない</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>ごみ箱の中</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total}件中{shown}件</translation>
    </message>
    <message>
        <source>{total} in all</source>
        <translation>全{total}件</translation>
    </message>
</context>
<context>
    <name>RecordPicker</name>
    <message>
        <source>Add from records</source>
        <translation>レコードから追加</translation>
    </message>
    <message>
        <source>Records set aside for the test are not offered: an example of the prompt in the test would make it unfair.</source>
        <translation>テスト用に取り分けたレコードは表示しません。プロンプト内の例と重なると、テストが公平でなくなるためです。</translation>
    </message>
    <message>
        <source>Search input and answer</source>
        <translation>入力・回答を検索</translation>
    </message>
    <message>
        <source>Search records to add</source>
        <translation>追加するレコードを検索</translation>
    </message>
    <message>
        <source>Records to add</source>
        <translation>追加するレコード</translation>
    </message>
    <message>
        <source>Add to the prompt</source>
        <translation>プロンプトに追加</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>RecordToolbar</name>
    <message>
        <source>Dataset</source>
        <translation>データセット</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>新規…</translation>
    </message>
    <message>
        <source>New dataset</source>
        <translation>新しいデータセット</translation>
    </message>
    <message>
        <source>Add a record</source>
        <translation>レコードを追加</translation>
    </message>
    <message>
        <source>Type one</source>
        <translation>1件ずつ入力</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>取り込み…</translation>
    </message>
    <message>
        <source>A file, or cells pasted from a spreadsheet</source>
        <translation>ファイル、または表計算ソフトから貼り付けたセル</translation>
    </message>
    <message>
        <source>Import records</source>
        <translation>レコードの取り込み</translation>
    </message>
    <message>
        <source>Set aside for the test…</source>
        <translation>テスト用に取り分け…</translation>
    </message>
    <message>
        <source>Split into training, validation and test</source>
        <translation>学習用・検証用・テスト用に分割</translation>
    </message>
    <message>
        <source>Split records</source>
        <translation>レコードを分割</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Training files, with a manifest and their hashes</source>
        <translation>学習用ファイル（目録とハッシュ付き）</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>レコードの書き出し</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>not divided yet</source>
        <translation>未分割</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習用</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証用</translation>
    </message>
    <message>
        <source>Set aside for the test</source>
        <translation>テスト用</translation>
    </message>
    <message>
        <source>Nothing is set aside for the test yet.</source>
        <translation>まだテスト用の取り分けがありません。</translation>
    </message>
    <message>
        <source>{train} training · {validation} validation · {test} for the test</source>
        <translation>学習用{train} · 検証用{validation} · テスト用{test}</translation>
    </message>
    <message>
        <source>{none} not divided</source>
        <translation>未分割{none}</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) in two parts: the test would be unfair.</source>
        <translation>
            <numerusform>入力%n件が2つの区分にまたがっていて、テストが公平になりません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) with different right answers.</source>
        <translation>
            <numerusform>入力%n件に、食い違う正解があります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) of different parts are almost the same.</source>
        <translation>
            <numerusform>別々の区分の入力%n件が、ほぼ同じ内容です。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n right answer(s) not in the agreed form.</source>
        <translation>
            <numerusform>正解%n件が、決めた形式になっていません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated input(s).</source>
        <translation>
            <numerusform>入力%n件が重複しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>ファイルが空です。</translation>
    </message>
    <message>
        <source>Empty row.</source>
        <translation>空の行です。</translation>
    </message>
    <message>
        <source>Too few cells: {detail}.</source>
        <translation>セルが足りません：{detail}。</translation>
    </message>
    <message>
        <source>Too many cells: {detail}.</source>
        <translation>セルが多すぎます：{detail}。</translation>
    </message>
    <message>
        <source>A quotation mark is not closed.</source>
        <translation>引用符が閉じていません。</translation>
    </message>
    <message>
        <source>Some letters cannot be read in this file&apos;s encoding.</source>
        <translation>このファイルの文字コードでは読めない文字があります。</translation>
    </message>
    <message>
        <source>A column has no name.</source>
        <translation>名前のない列があります。</translation>
    </message>
    <message>
        <source>Two columns have the name “{detail}”.</source>
        <translation>「{detail}」という名前の列が2つあります。</translation>
    </message>
    <message>
        <source>Not JSON: {detail}</source>
        <translation>JSONではありません：{detail}</translation>
    </message>
    <message>
        <source>Not a JSON object.</source>
        <translation>JSONオブジェクトではありません。</translation>
    </message>
    <message>
        <source>The key “{detail}” stands there twice.</source>
        <translation>キー「{detail}」が重複しています。</translation>
    </message>
    <message>
        <source>This looks like a table, not like JSON lines.</source>
        <translation>JSON Linesではなく、表のようです。</translation>
    </message>
    <message>
        <source>No known form of record.</source>
        <translation>対応していないレコード形式です。</translation>
    </message>
    <message>
        <source>No input.</source>
        <translation>入力がありません。</translation>
    </message>
    <message>
        <source>No right answer.</source>
        <translation>正解がありません。</translation>
    </message>
    <message>
        <source>A message is empty.</source>
        <translation>空のメッセージがあります。</translation>
    </message>
    <message>
        <source>Unknown role “{detail}”.</source>
        <translation>不明なロールです：「{detail}」。</translation>
    </message>
    <message>
        <source>Question and answer do not take turns.</source>
        <translation>質問と回答が交互になっていません。</translation>
    </message>
    <message>
        <source>Something other than text: {detail}.</source>
        <translation>テキスト以外が含まれています：{detail}。</translation>
    </message>
    <message>
        <source>{records} test records can show large differences only.</source>
        <translation>テスト用レコード{records}件では、大きな差しか示せません。</translation>
    </message>
    <message>
        <source>With {records} test records you can see differences of about {low} points or more at best, and often not even those.</source>
        <translation>テスト用レコード{records}件で分かるのは、よくても約{low}ポイント以上の差で、それも見えないことがよくあります。</translation>
    </message>
    <message>
        <source>With {records} test records you can see differences of about {low}–{high} points or more.</source>
        <translation>テスト用レコード{records}件で、約{low}～{high}ポイント以上の差が分かります。</translation>
    </message>
</context>
<context>
    <name>RecordsPane</name>
    <message>
        <source>Records</source>
        <translation>レコード</translation>
    </message>
    <message>
        <source>Records are inputs with their right answer. Drop a file here, paste cells from a spreadsheet, or add trials you have corrected.</source>
        <translation>レコードは、入力と正解の組です。ここにファイルをドロップするか、表計算ソフトのセルを貼り付けるか、修正した試行を追加してください。</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>ファイルを取り込む</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルを開く</translation>
    </message>
    <message>
        <source>No record fits this filter.</source>
        <translation>条件に合うレコードはありません。</translation>
    </message>
    <message>
        <source>Show all records</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>No duplicates, no contradictions, no leaks.</source>
        <translation>重複・矛盾・テスト用への混入はありません。</translation>
    </message>
</context>
<context>
    <name>RecordsPanel</name>
    <message>
        <source>Test records</source>
        <translation>テスト用レコード</translation>
    </message>
    <message>
        <source>Order of the records</source>
        <translation>レコードの並び順</translation>
    </message>
    <message>
        <source>Records with any answer of this length; press to show all again</source>
        <translation>この長さの回答があるレコードのみ表示中。押すとすべて表示に戻ります</translation>
    </message>
    <message>
        <source>biggest change first</source>
        <translation>差の大きい順</translation>
    </message>
    <message>
        <source>tuned worse first</source>
        <translation>悪化した順</translation>
    </message>
    <message>
        <source>tuned better first</source>
        <translation>改善した順</translation>
    </message>
    <message>
        <source>as in the dataset</source>
        <translation>データセット順</translation>
    </message>
    <message>
        <source>worse {count}</source>
        <translation>悪化 {count}</translation>
    </message>
    <message>
        <source>better {count}</source>
        <translation>改善 {count}</translation>
    </message>
    <message>
        <source>same {count}</source>
        <translation>同じ {count}</translation>
    </message>
    <message>
        <source>Only records where tuned is worse</source>
        <translation>チューニング後に悪化したレコードのみ</translation>
    </message>
    <message>
        <source>Only records where tuned is better</source>
        <translation>チューニング後に改善したレコードのみ</translation>
    </message>
    <message>
        <source>Only records where both are the same</source>
        <translation>どちらも同じレコードのみ</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total}件中{shown}件</translation>
    </message>
    <message>
        <source>Records shown</source>
        <translation>表示中のレコード</translation>
    </message>
    <message>
        <source>{span} tokens: {shown} of {total}  ✕</source>
        <translation>{span}トークン：{total}件中{shown}件  ✕</translation>
    </message>
    <message>
        <source>Show all token counts</source>
        <translation>すべてのトークン数を表示</translation>
    </message>
</context>
<context>
    <name>RemotePhrases</name>
    <message>
        <source>Practice – SANDBOX</source>
        <translation>練習 – SANDBOX</translation>
    </message>
    <message>
        <source>AWS: not connected</source>
        <translation>AWS：未接続</translation>
    </message>
    <message>
        <source>AWS: asking…</source>
        <translation>AWS：確認中…</translation>
    </message>
    <message>
        <source>AWS: ?</source>
        <translation>AWS：不明</translation>
    </message>
    <message>
        <source>AWS {profile}: the sign-in has expired</source>
        <translation>AWS {profile}：サインインの期限切れ</translation>
    </message>
    <message>
        <source>AWS {profile}: not signed in</source>
        <translation>AWS {profile}：サインインしていません</translation>
    </message>
    <message>
        <source>AWS {profile}: not complete</source>
        <translation>AWS {profile}：設定が足りません</translation>
    </message>
    <message>
        <source>AWS {profile}: cannot be reached</source>
        <translation>AWS {profile}：接続できません</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り{time}</translation>
    </message>
    <message>
        <source>{what}. {todo}</source>
        <translation>{what}。{todo}</translation>
    </message>
    <message>
        <source>Sign in to AWS.</source>
        <translation>AWSにサインインしてください。</translation>
    </message>
    <message>
        <source>AWS does not know these keys any more. Put new ones into the profile.</source>
        <translation>このキーはもう使えません。新しいキーをプロファイルに設定してください。</translation>
    </message>
    <message>
        <source>Keys in the environment are in the way, and AWS does not take them. Take them out and start Workbench again.</source>
        <translation>環境変数のキーが優先されていますが、AWSはそれを受け付けません。環境変数から外して、Workbenchを起動し直してください。</translation>
    </message>
    <message>
        <source>The profile names no region. Choose one above, or set it in the profile.</source>
        <translation>プロファイルにリージョンがありません。上で選ぶか、プロファイルに設定してください。</translation>
    </message>
    <message>
        <source>There is no profile with this name on this computer.</source>
        <translation>この名前のプロファイルは、このコンピューターにありません。</translation>
    </message>
    <message>
        <source>Something is missing in the profile.</source>
        <translation>プロファイルに足りない項目があります。</translation>
    </message>
    <message>
        <source>A library that this profile needs is missing. Install Workbench again.</source>
        <translation>このプロファイルに必要なライブラリがありません。Workbenchをインストールし直してください。</translation>
    </message>
    <message>
        <source>You may not take on the role of this profile. Send this policy to your administrator.</source>
        <translation>このプロファイルのロールを引き受ける権限がありません。このポリシーを管理者に送ってください。</translation>
    </message>
    <message>
        <source>AWS cannot be reached. Look at the network connection.</source>
        <translation>AWSに接続できません。ネットワークを確認してください。</translation>
    </message>
    <message>
        <source>AWS did not answer in time. Look at the network, then check again.</source>
        <translation>AWSが時間内に応答しませんでした。ネットワークを確認してから、もう一度確認してください。</translation>
    </message>
    <message>
        <source>Only through an inference profile: choose the one in this list.</source>
        <translation>推論プロファイル経由でのみ使えます。この一覧のものを選んでください。</translation>
    </message>
    <message>
        <source>Only with provisioned throughput, which your account would have to buy.</source>
        <translation>プロビジョンドスループットの購入が必要です。</translation>
    </message>
    <message>
        <source>A custom model: it has to be deployed first.</source>
        <translation>カスタムモデルです。先にデプロイが必要です。</translation>
    </message>
    <message>
        <source>Not ready yet.</source>
        <translation>まだ準備ができていません。</translation>
    </message>
    <message>
        <source>Retired: it answers no more.</source>
        <translation>提供終了：もう使えません。</translation>
    </message>
    <message>
        <source>Not offered in this region.</source>
        <translation>このリージョンでは提供されていません。</translation>
    </message>
    <message>
        <source>Retired, or of another region.</source>
        <translation>提供終了、または別のリージョンのモデルです。</translation>
    </message>
    <message>
        <source>You lack the permission.</source>
        <translation>権限がありません。</translation>
    </message>
    <message>
        <source>Your account has no access to it yet.</source>
        <translation>アカウントにまだアクセス権がありません。</translation>
    </message>
    <message>
        <source>Your account has not accepted the provider&apos;s terms yet.</source>
        <translation>アカウントで提供元の規約にまだ同意していません。</translation>
    </message>
    <message>
        <source>Access is being prepared; this takes some minutes.</source>
        <translation>アクセスを準備しています。数分かかります。</translation>
    </message>
    <message>
        <source>Accepting the provider&apos;s terms has failed.</source>
        <translation>提供元の規約への同意に失敗しました。</translation>
    </message>
    <message>
        <source>The provider wants a form about your use case first.</source>
        <translation>先に、提供元の利用目的フォームの提出が必要です。</translation>
    </message>
    <message>
        <source>Please accept the provider&apos;s terms for {models} in Amazon Bedrock.</source>
        <translation>Amazon Bedrockで{models}の提供元の規約に同意してください。</translation>
    </message>
    <message>
        <source>Please fill in the provider&apos;s form about the use case for {models} in Amazon Bedrock.</source>
        <translation>Amazon Bedrockで{models}の利用目的フォームを提出してください。</translation>
    </message>
    <message>
        <source>Please tell me in which region I may use {models} in Amazon Bedrock.</source>
        <translation>Amazon Bedrockの{models}をどのリージョンで使えるか教えてください。</translation>
    </message>
    <message>
        <source>Please allow me to use {models} in Amazon Bedrock.</source>
        <translation>Amazon Bedrockで{models}を使えるようにしてください。</translation>
    </message>
    <message>
        <source>Model id</source>
        <translation>モデルID</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Who asks</source>
        <translation>依頼者</translation>
    </message>
    <message>
        <source>The policy that this takes:</source>
        <translation>必要なポリシー：</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Problem report</source>
        <translation>問題の報告</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告の内容</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>報告をコピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Your project is kept. Account numbers, keys and texts are left out below, and nothing is sent: copy it to whoever looks after this program.</source>
        <translation>プロジェクトは失われていません。下の報告に、アカウント番号・鍵・文章は含まれず、どこにも送信されません。コピーして、このプログラムの担当者にお渡しください。</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Run all inputs…</source>
        <translation>全入力を実行…</translation>
    </message>
    <message>
        <source>Many inputs, versions and models, with what it will cost</source>
        <translation>多くの入力・バージョン・モデルを、費用を確かめてから実行します</translation>
    </message>
    <message>
        <source>How many examples in the prompt are worth their tokens?</source>
        <translation>プロンプト内の例は何件までがトークンに見合うか</translation>
    </message>
    <message>
        <source>Try numbers of examples</source>
        <translation>例の数を試す</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメーター</translation>
    </message>
    <message>
        <source>Temperature, longest answer, seed …</source>
        <translation>温度、回答の最大長、シードなど</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>What arrived is kept</source>
        <translation>届いた分は残ります</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Run – {estimate}</source>
        <translation>実行 – {estimate}</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
</context>
<context>
    <name>RunHeader</name>
    <message>
        <source>Save and stop</source>
        <translation>保存して停止</translation>
    </message>
    <message>
        <source>Ends soon; what was learned so far is kept.</source>
        <translation>まもなく終わります。ここまでの学習結果は残ります。</translation>
    </message>
    <message>
        <source>Stop …</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>学習を停止</translation>
    </message>
    <message>
        <source>Start the checked run</source>
        <translation>確認済みの学習を開始</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>片付ける</translation>
    </message>
    <message>
        <source>Put the checked run away</source>
        <translation>確認済みの学習を片付ける</translation>
    </message>
    <message>
        <source>Close the run …</source>
        <translation>学習を閉じる…</translation>
    </message>
    <message>
        <source>Close the lost run</source>
        <translation>状態不明の学習を閉じる</translation>
    </message>
    <message>
        <source>Try it in the Lab</source>
        <translation>ラボで試す</translation>
    </message>
    <message>
        <source>Compare with the base</source>
        <translation>ベースと比較</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>学習の状態</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>New run</source>
        <translation>新しい学習</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>学習の一覧</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>確認中</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Loss: distance of answers from records</source>
        <translation>損失：回答とレコードの隔たり</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Progress in words</source>
        <translation>進み具合の説明</translation>
    </message>
    <message>
        <source>Details and log</source>
        <translation>詳細とログ</translation>
    </message>
    <message>
        <source>Log of the worker</source>
        <translation>学習プロセスのログ</translation>
    </message>
    <message>
        <source>The worker has not been heard of for a while. That happens when the computer slept or is busy; nothing is lost.</source>
        <translation>学習プロセスからしばらく応答がありません。スリープ中だったときや混み合っているときに起こります。何も失われていません。</translation>
    </message>
    <message>
        <source>The worker is gone and left no last word: the computer may have been switched off. What it saved is kept in the run&apos;s folder. Close the run, then start a new one.</source>
        <translation>学習プロセスが記録を残さずに終了しています。電源が切れたのかもしれません。保存済みの内容は学習のフォルダーに残っています。この学習を閉じて、新しく始めてください。</translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>Answers so far</source>
        <translation>途中経過の回答</translation>
    </message>
    <message>
        <source>Answers at step {step}</source>
        <translation>ステップ{step}での回答</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>チューニング後</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>A few validation inputs are answered at every look.</source>
        <translation>検証のたびに、検証用の入力いくつかに回答します。</translation>
    </message>
</context>
<context>
    <name>ScoreChart</name>
    <message>
        <source>Score chart</source>
        <translation>スコアのグラフ</translation>
    </message>
</context>
<context>
    <name>SetUpActions</name>
    <message>
        <source>this computer</source>
        <translation>このコンピューター</translation>
    </message>
    <message>
        <source>Set up Workbench for {name}?</source>
        <translation>「{name}」の設定をWorkbenchに適用しますか？</translation>
    </message>
    <message>
        <source>Set this up</source>
        <translation>この設定を適用</translation>
    </message>
    <message>
        <source>replaces that of the open project</source>
        <translation>開いているプロジェクトのものを置き換えます</translation>
    </message>
    <message>
        <source>left out: no project is open</source>
        <translation>プロジェクトが開いていないため適用しません</translation>
    </message>
    <message>
        <source>AWS profile</source>
        <translation>AWSプロファイル</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>リージョン</translation>
    </message>
    <message>
        <source>Favourite models</source>
        <translation>お気に入りのモデル</translation>
    </message>
    <message>
        <source>Most that may be spent a day</source>
        <translation>1日に使える上限</translation>
    </message>
    <message>
        <source>Task of the project</source>
        <translation>プロジェクトのタスク</translation>
    </message>
    <message>
        <source>The file holds no key; your own sign-in is used.</source>
        <translation>このファイルにキーは含まれていません。ご自身のサインインを使います。</translation>
    </message>
    <message>
        <source>Workbench is set up.</source>
        <translation>設定を適用しました。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>すべての設定</translation>
    </message>
</context>
<context>
    <name>ShotDelegate</name>
    <message>
        <source>Text of the example</source>
        <translation>例の文章</translation>
    </message>
</context>
<context>
    <name>ShotsChart</name>
    <message>
        <source>right, %</source>
        <translation>正解率（%）</translation>
    </message>
    <message>
        <source>tokens a call</source>
        <translation>1回のトークン</translation>
    </message>
    <message>
        <source>Right answers and tokens by examples in the prompt</source>
        <translation>プロンプト内の例の数ごとの正解率とトークン</translation>
    </message>
    <message>
        <source>{model}, {count} examples: {share} % right, {tokens} tokens</source>
        <translation>{model}、例{count}件：正解{share}%、{tokens}トークン</translation>
    </message>
</context>
<context>
    <name>ShotsPanel</name>
    <message>
        <source>Examples in the prompt</source>
        <translation>プロンプト内の例</translation>
    </message>
    <message>
        <source>Shots: sent as real turns before the message</source>
        <translation>ショット：メッセージの前に、実際のやり取りとして送ります</translation>
    </message>
    <message>
        <source>Show the model what a right answer looks like. Nothing teaches the form of an answer faster.</source>
        <translation>正しい回答の例をモデルに見せましょう。回答の形式を伝えるいちばんの近道です。</translation>
    </message>
    <message>
        <source>Enter edits, Space switches on and off, Alt+Up and Alt+Down move</source>
        <translation>Enterで編集、Spaceでオン／オフ、Alt+↑とAlt+↓で移動</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>(not sent)</source>
        <translation>（送りません）</translation>
    </message>
    <message>
        <source>+ Add an example</source>
        <translation>＋例を追加</translation>
    </message>
    <message>
        <source>Add an example</source>
        <translation>例を追加</translation>
    </message>
    <message>
        <source>From records…</source>
        <translation>レコードから…</translation>
    </message>
    <message>
        <source>Choose records of a dataset</source>
        <translation>データセットのレコードから選択</translation>
    </message>
    <message>
        <source>Add from records</source>
        <translation>レコードから追加</translation>
    </message>
    <message>
        <source>Pick for me…</source>
        <translation>自動で選ぶ…</translation>
    </message>
    <message>
        <source>Propose records that differ from one another</source>
        <translation>互いに似ていないレコードを候補として選びます</translation>
    </message>
    <message>
        <source>Pick examples for me</source>
        <translation>例を自動で選ぶ</translation>
    </message>
    <message>
        <source>Answer only</source>
        <translation>回答だけ</translation>
    </message>
    <message>
        <source>Send the answer of this example without its input</source>
        <translation>この例は入力を付けず、回答だけを送ります</translation>
    </message>
    <message>
        <source>Send only the answer</source>
        <translation>回答だけを送る</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上へ</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+↑</translation>
    </message>
    <message>
        <source>Move example up</source>
        <translation>例を上へ移動</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下へ</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+↓</translation>
    </message>
    <message>
        <source>Move example down</source>
        <translation>例を下へ移動</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Remove example</source>
        <translation>例を削除</translation>
    </message>
    <message>
        <source>{on} of {total} on</source>
        <translation>{total}件中{on}件がオン</translation>
    </message>
    <message numerus="yes">
        <source>≈ %n token(s)</source>
        <translation>
            <numerusform>≈ %n トークン</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShotsProposal</name>
    <message>
        <source>Pick examples for me</source>
        <translation>例を自動で選ぶ</translation>
    </message>
    <message>
        <source>How it picks: the first record is one of typical length. Then comes one for every answer that repeats, the most frequent first, each time the record whose words are least like those already picked. Records for validation and test are never picked.</source>
        <translation>選び方：最初は長さが標準的なレコードです。次に、繰り返し出てくる回答を多い順に一つずつ、そのたびに、すでに選んだものと言葉が最も似ていないレコードを選びます。検証用とテスト用のレコードは選びません。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>選ぶ元</translation>
    </message>
    <message>
        <source>Dataset to pick from</source>
        <translation>選ぶ元のデータセット</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Examples to pick</source>
        <translation>選ぶ例の数</translation>
    </message>
    <message>
        <source>Proposed examples</source>
        <translation>候補の例</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Why this one</source>
        <translation>選んだ理由</translation>
    </message>
    <message numerus="yes">
        <source>Add %n example(s) to the prompt</source>
        <translation>
            <numerusform>%n 件をプロンプトに加える</numerusform>
        </translation>
    </message>
    <message>
        <source>Typical length</source>
        <translation>標準的な長さ</translation>
    </message>
    <message>
        <source>First with this answer</source>
        <translation>この回答の最初の例</translation>
    </message>
    <message>
        <source>{percent} % unlike the others picked</source>
        <translation>ほかの候補との違い {percent} %</translation>
    </message>
    <message>
        <source>There are no records to pick from yet.</source>
        <translation>選べるレコードがまだありません。</translation>
    </message>
    <message numerus="yes">
        <source>Picked from %n record(s).</source>
        <translation>
            <numerusform>%n 件のレコードから選びました。</numerusform>
        </translation>
    </message>
    <message>
        <source>{covered} of {labels} answers are covered.</source>
        <translation>{labels} 種類の回答のうち {covered} 種類を含みます。</translation>
    </message>
</context>
<context>
    <name>SkeletonRows</name>
    <message>
        <source>Loading</source>
        <translation>読み込み中</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Comes in:</source>
        <translation>入力：</translation>
    </message>
    <message>
        <source>Right answer:</source>
        <translation>正解：</translation>
    </message>
    <message>
        <source>The first row is a heading</source>
        <translation>先頭行は見出し</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>貼り付け</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Set aside for the test</source>
        <translation>テスト用に取り分け</translation>
    </message>
    <message>
        <source>The test part is never trained on and never stands in a prompt: only so can it tell how good the tuned model is. Labels are dealt out evenly; records of one group, or with the same input, stay together.</source>
        <translation>テスト用は学習にもプロンプトにも使いません。だからこそ、チューニング後のモデルの実力が分かります。ラベルは均等に振り分け、同じグループや同じ入力のレコードは同じ区分にまとめます。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習用</translation>
    </message>
    <message>
        <source>What the model learns from</source>
        <translation>モデルが学習するレコード</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証用</translation>
    </message>
    <message>
        <source>Watches the training, tells when to stop</source>
        <translation>学習の経過を見て、やめどきを判断します</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト用</translation>
    </message>
    <message>
        <source>Set aside; judges base and tuned at the end</source>
        <translation>取り分けておき、最後にベースとチューニング後を比べます</translation>
    </message>
    <message>
        <source>Training records</source>
        <translation>学習用レコード</translation>
    </message>
    <message>
        <source>Validation records</source>
        <translation>検証用レコード</translation>
    </message>
    <message>
        <source>Test records</source>
        <translation>テスト用レコード</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>分割のシード</translation>
    </message>
    <message>
        <source>The same seed deals the records out alike</source>
        <translation>同じシードなら、同じ振り分けになります</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Details of the split</source>
        <translation>分割の詳細</translation>
    </message>
    <message>
        <source>{n} more than there are</source>
        <translation>{n}件超過しています</translation>
    </message>
    <message>
        <source>{n} of {total} in no part</source>
        <translation>どの区分にも入らない：{n}件（全{total}件中）</translation>
    </message>
    <message>
        <source>Divide {n} records</source>
        <translation>{n}件を分割</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Divide records</source>
        <translation>レコードを分割</translation>
    </message>
    <message>
        <source>Without a test part nothing can be said about the result.</source>
        <translation>テスト用がないと、結果について何も言えません。</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>Base, base with examples and tuned answer the records that training never saw. Every answer is kept as a trial.</source>
        <translation>学習に使わなかったレコードに、ベース、ベース（例あり）、チューニング後が回答します。回答はすべて試行として残ります。</translation>
    </message>
    <message>
        <source>Tuned model</source>
        <translation>チューニング後のモデル</translation>
    </message>
    <message>
        <source>Tuned model to compare</source>
        <translation>比較するチューニング後のモデル</translation>
    </message>
    <message>
        <source>Compare on the test records</source>
        <translation>テスト用レコードで比較</translation>
    </message>
    <message>
        <source>Back to the comparisons</source>
        <translation>比較の一覧に戻る</translation>
    </message>
    <message>
        <source>No record is set aside for the test</source>
        <translation>テスト用に取り分けたレコードがありません</translation>
    </message>
    <message>
        <source>learned from {dataset}</source>
        <translation>{dataset}で学習</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Saved ✓</source>
        <translation>保存済み ✓</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>保存しています…</translation>
    </message>
    <message numerus="yes">
        <source>This computer: CPU, %n core(s)</source>
        <translation>
            <numerusform>このコンピューター：CPU、%nコア</numerusform>
        </translation>
    </message>
    <message>
        <source>Models cannot run here yet: see Settings</source>
        <translation>まだモデルを実行できません：設定を確認</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>1  Data</source>
        <translation>1  データ</translation>
    </message>
    <message>
        <source>2  Model</source>
        <translation>2  モデル</translation>
    </message>
    <message>
        <source>3  Goal</source>
        <translation>3  目標</translation>
    </message>
    <message>
        <source>Dataset to learn from</source>
        <translation>学習に使うデータセット</translation>
    </message>
    <message>
        <source>Model to tune</source>
        <translation>チューニングするモデル</translation>
    </message>
    <message>
        <source>Details of the training</source>
        <translation>学習の詳細</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
</context>
<context>
    <name>Stops</name>
    <message>
        <source>Stop tuning “{name}”?</source>
        <translation>「{name}」のチューニングを停止しますか？</translation>
    </message>
    <message>
        <source>Stop and keep what was learned</source>
        <translation>停止して保存</translation>
    </message>
    <message>
        <source>Go on tuning</source>
        <translation>続ける</translation>
    </message>
</context>
<context>
    <name>StorageSection</name>
    <message>
        <source>This project on disk</source>
        <translation>このプロジェクトのディスク使用量</translation>
    </message>
    <message>
        <source>Project file</source>
        <translation>プロジェクトファイル</translation>
    </message>
    <message>
        <source>Tuning runs</source>
        <translation>学習の記録</translation>
    </message>
    <message>
        <source>Tuned models</source>
        <translation>チューニング後のモデル</translation>
    </message>
    <message>
        <source>Copies made before updates</source>
        <translation>更新前に作成したコピー</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>ごみ箱の中</translation>
    </message>
    <message>
        <source>Empty the bin…</source>
        <translation>ごみ箱を空にする…</translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation>ごみ箱を空にする</translation>
    </message>
    <message>
        <source>Delete for good what lies in the bin?</source>
        <translation>ごみ箱の中身を完全に削除しますか？</translation>
    </message>
    <message>
        <source>This cannot be taken back. Everything else is kept.</source>
        <translation>この操作は元に戻せません。ほかのデータは残ります。</translation>
    </message>
    <message>
        <source>The bin is empty.</source>
        <translation>ごみ箱は空です。</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Output tokens</source>
        <translation>出力トークン</translation>
    </message>
    <message>
        <source>Save table …</source>
        <translation>表を保存…</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>表をCSVで保存</translation>
    </message>
    <message>
        <source>Save picture …</source>
        <translation>画像を保存…</translation>
    </message>
    <message>
        <source>Save the page as PNG</source>
        <translation>ページをPNGで保存</translation>
    </message>
    <message>
        <source>Tuned against examples</source>
        <translation>チューニング後と例ありの比較</translation>
    </message>
    <message>
        <source>What these records can show</source>
        <translation>このレコード数で分かること</translation>
    </message>
    <message>
        <source>Drag over the bars to filter the records.</source>
        <translation>棒の上をドラッグすると、レコードを絞り込めます。</translation>
    </message>
    <message>
        <source>From base to tuned: {change}.</source>
        <translation>ベースからチューニング後：{change}。</translation>
    </message>
    <message>
        <source>{records} records</source>
        <translation>レコード{records}件</translation>
    </message>
    <message>
        <source>Tokens a call</source>
        <translation>1回のトークン</translation>
    </message>
    <message>
        <source>Mean of prompt and answer together: what a call is paid by.</source>
        <translation>プロンプトと回答を合わせた平均。呼び出しの料金はこれで決まります。</translation>
    </message>
</context>
<context>
    <name>TagRow</name>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>+ tag  T</source>
        <translation>＋タグ  T</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新しいタグ</translation>
    </message>
    <message>
        <source>Enter puts the tag on</source>
        <translation>Enterでタグを付けます</translation>
    </message>
    <message>
        <source>Tag {tag}</source>
        <translation>タグ「{tag}」</translation>
    </message>
</context>
<context>
    <name>TaskCardEditor</name>
    <message>
        <source>One label a line</source>
        <translation>1行に1ラベル</translation>
    </message>
    <message>
        <source>code, urgency, order</source>
        <translation>コード、緊急度、注文番号</translation>
    </message>
    <message>
        <source>empty: the answer is JSON</source>
        <translation>空欄なら回答はJSON</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation>トークン</translation>
    </message>
    <message>
        <source>In tokens; an answer is cut there. A word is one or two tokens.</source>
        <translation>トークン数。ここで回答を打ち切ります。1語は1～2トークンです。</translation>
    </message>
    <message>
        <source>Name at least two labels.</source>
        <translation>ラベルを2つ以上入力してください。</translation>
    </message>
    <message>
        <source>Name the fields of the answer.</source>
        <translation>回答の項目名を入力してください。</translation>
    </message>
    <message>
        <source>Kind of task</source>
        <translation>タスクの種類</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>ラベル</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Between the fields</source>
        <translation>項目の区切り</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答の最大長</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>タスクの説明</translation>
    </message>
    <message>
        <source>The right answer is</source>
        <translation>正しい回答は</translation>
    </message>
    <message>
        <source>one of a few labels</source>
        <translation>決まったラベルのどれか</translation>
    </message>
    <message>
        <source>facts picked out of the text</source>
        <translation>文章から抜き出した項目</translation>
    </message>
    <message>
        <source>a short answer to a question</source>
        <translation>質問への短い答え</translation>
    </message>
    <message>
        <source>a summary</source>
        <translation>要約</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>自由な文章</translation>
    </message>
    <message>
        <source>Choose a label</source>
        <translation>ラベルを選ぶ</translation>
    </message>
    <message>
        <source>Extract fields</source>
        <translation>項目を抜き出す</translation>
    </message>
    <message>
        <source>Answer a question</source>
        <translation>質問に答える</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>要約する</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>The answer is exactly one of these. Anything else is marked as wrong.</source>
        <translation>回答は、このうちのどれか1つです。それ以外は誤りとして印を付けます。</translation>
    </message>
    <message>
        <source>The answer holds these fields in this order. A missing one is marked.</source>
        <translation>回答は、この順に項目を並べたものです。欠けた項目には印を付けます。</translation>
    </message>
    <message>
        <source>The answer is short and can be compared with the right one.</source>
        <translation>回答は短く、正解と照らし合わせられます。</translation>
    </message>
    <message>
        <source>The answer says the same in fewer words.</source>
        <translation>回答は、同じ内容をより短く述べたものです。</translation>
    </message>
    <message>
        <source>Any text; you say what is right.</source>
        <translation>自由な文章です。正しいかどうかはご自身で判断します。</translation>
    </message>
</context>
<context>
    <name>ThinkingPanel</name>
    <message>
        <source>Thinking</source>
        <translation>考え方</translation>
    </message>
    <message>
        <source>Thinking before the answer</source>
        <translation>回答の前の考え方</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>順を追って考える</translation>
    </message>
    <message>
        <source>By steps of your own</source>
        <translation>自分で書いた手順で考える</translation>
    </message>
    <message>
        <source>The model&apos;s own reasoning</source>
        <translation>モデル自身の推論</translation>
    </message>
    <message>
        <source>Effort of reasoning</source>
        <translation>推論の強さ</translation>
    </message>
    <message>
        <source>Tokens for reasoning</source>
        <translation>推論に使うトークン数</translation>
    </message>
    <message>
        <source>Steps to think through</source>
        <translation>考える手順</translation>
    </message>
    <message>
        <source>One step a line, such as: What is the customer asking for?</source>
        <translation>1行に1つずつ。例：お客様は何を求めているか</translation>
    </message>
    <message>
        <source>The chosen model does not offer it.</source>
        <translation>選んだモデルにはこの機能がありません。</translation>
    </message>
    <message>
        <source>Asked for at the end of the rules. The thinking is shown apart and is never part of the answer.</source>
        <translation>ルールの最後で指示します。考えた内容は回答とは別に表示され、回答には含まれません。</translation>
    </message>
    <message>
        <source>The chosen model does not offer it: nothing is asked for.</source>
        <translation>選んだモデルにはこの機能がないため、何も指示しません。</translation>
    </message>
    <message>
        <source>It is not known whether the chosen model offers it; it may refuse.</source>
        <translation>選んだモデルが対応しているか分かりません。断られることがあります。</translation>
    </message>
    <message>
        <source>The model reasons by itself; that is shown apart and is paid for too.</source>
        <translation>モデルが自分で推論します。推論は回答とは別に表示され、その分の料金もかかります。</translation>
    </message>
</context>
<context>
    <name>ThinkingView</name>
    <message>
        <source>Show the thinking</source>
        <translation>考えた内容を表示</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>考えた内容</translation>
    </message>
    <message>
        <source>Not part of the answer</source>
        <translation>回答には含まれません</translation>
    </message>
    <message>
        <source>Thinking before the answer</source>
        <translation>回答の前に考えた内容</translation>
    </message>
    <message>
        <source>The thinking cannot be told from the answer: the model did not keep to the form that was asked for, or was cut off.</source>
        <translation>考えた内容と回答を区別できません。モデルが指示した形式を守らなかったか、途中で切れました。</translation>
    </message>
</context>
<context>
    <name>TokenHistogram</name>
    <message>
        <source>Token histogram</source>
        <translation>トークン数のヒストグラム</translation>
    </message>
    <message>
        <source>{name}: mean {mean}</source>
        <translation>{name}：平均{mean}</translation>
    </message>
    <message>
        <source>{low} to {high} tokens selected</source>
        <translation>{low}～{high}トークンを選択中</translation>
    </message>
    <message>
        <source>{name} mean {mean}</source>
        <translation>{name} 平均{mean}</translation>
    </message>
</context>
<context>
    <name>TrialDetail</name>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Input of the trial</source>
        <translation>試行の入力</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answer of the trial</source>
        <translation>試行の回答</translation>
    </message>
</context>
<context>
    <name>Trials</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}秒</translation>
    </message>
    <message>
        <source>{before} → {after} tokens</source>
        <translation>{before} → {after}トークン</translation>
    </message>
    <message>
        <source>first word after {first}, {total} in all</source>
        <translation>最初の語まで{first}、全体{total}</translation>
    </message>
    <message>
        <source>{count} tokens/s</source>
        <translation>{count}トークン/秒</translation>
    </message>
    <message>
        <source>{name} (model {number})</source>
        <translation>{name}（モデル{number}）</translation>
    </message>
    <message>
        <source>v{number}</source>
        <translation>v{number}</translation>
    </message>
    <message>
        <source>Being answered …</source>
        <translation>回答中…</translation>
    </message>
    <message>
        <source>Stopped by you. What had arrived is kept.</source>
        <translation>停止しました。届いた分は残っています。</translation>
    </message>
    <message>
        <source>The program ended before the answer did. The call is kept.</source>
        <translation>回答の途中でプログラムが終了しました。呼び出しは残っています。</translation>
    </message>
    <message>
        <source>No answer. The call is kept.</source>
        <translation>回答がありません。呼び出しは残っています。</translation>
    </message>
    <message>
        <source>Cut off: the longest answer was reached.</source>
        <translation>途中まで：回答の最大長に達しました。</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良い</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>悪い</translation>
    </message>
    <message>
        <source>Not one of the allowed answers. Did you mean “{suggestion}”?</source>
        <translation>決められた回答のどれでもありません。「{suggestion}」ではありませんか？</translation>
    </message>
    <message>
        <source>The answer is empty.</source>
        <translation>回答が空です。</translation>
    </message>
    <message>
        <source>Not one of the allowed answers.</source>
        <translation>決められた回答のどれでもありません。</translation>
    </message>
    <message>
        <source>Not in the agreed form.</source>
        <translation>決めた形式になっていません。</translation>
    </message>
    <message>
        <source>Not in the agreed form: “{detail}” is missing.</source>
        <translation>決めた形式になっていません：「{detail}」がありません。</translation>
    </message>
    <message>
        <source>Not in the agreed form: “{detail}” is not asked for.</source>
        <translation>決めた形式になっていません：「{detail}」は求めていません。</translation>
    </message>
    <message>
        <source>Longer than the longest answer: about {detail} tokens.</source>
        <translation>回答の最大長を超えています：約{detail}トークン。</translation>
    </message>
</context>
<context>
    <name>TrialsModel</name>
    <message>
        <source>Input</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>トークン</translation>
    </message>
</context>
<context>
    <name>TrialsPane</name>
    <message>
        <source>Trials</source>
        <translation>試行</translation>
    </message>
    <message>
        <source>Every answer of the Lab comes here, to be rated and corrected: that is how a dataset grows.</source>
        <translation>ラボの回答はすべてここに集まります。評価し、修正することで、データセットが育ちます。</translation>
    </message>
    <message>
        <source>Try a prompt in the Lab</source>
        <translation>ラボで試す</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルを開く</translation>
    </message>
    <message>
        <source>No trial fits this filter.</source>
        <translation>条件に合う試行はありません。</translation>
    </message>
    <message>
        <source>Show all trials</source>
        <translation>すべて表示</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) added</source>
        <translation>
            <numerusform>レコード%n件を追加しました</numerusform>
        </translation>
    </message>
    <message>
        <source>{open} without a right answer, {known} there already</source>
        <translation>正解なし{open}件、追加済み{known}件</translation>
    </message>
</context>
<context>
    <name>Tune</name>
    <message>
        <source>Size of the adapter (rank)</source>
        <translation>大きさ（ランク）</translation>
    </message>
    <message>
        <source>Strength (alpha)</source>
        <translation>強さ（アルファ）</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Passes over the data (epochs)</source>
        <translation>反復（エポック）</translation>
    </message>
    <message>
        <source>At least so many updates</source>
        <translation>更新回数の下限</translation>
    </message>
    <message>
        <source>Records per update (batch)</source>
        <translation>バッチの件数</translation>
    </message>
    <message>
        <source>Length limit in tokens</source>
        <translation>長さの上限</translation>
    </message>
    <message>
        <source>Looks at validation</source>
        <translation>検証の回数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Larger can hold more rules, and takes more memory and time.</source>
        <translation>アダプターの大きさ。大きいほど多くのルールを覚え、メモリーと時間がかかります。</translation>
    </message>
    <message>
        <source>How loudly the adapter speaks: twice the rank is usual.</source>
        <translation>アダプターの効きの強さです。ランクの2倍が一般的です。</translation>
    </message>
    <message>
        <source>Higher learns faster; too high and the loss jumps about.</source>
        <translation>高いほど速く学習しますが、高すぎると損失が安定しません。</translation>
    </message>
    <message>
        <source>More passes fit closer, until records are learned by heart.</source>
        <translation>データを何周学習するか。多いほどよく合いますが、やがて丸暗記になります。</translation>
    </message>
    <message>
        <source>With few records, passes are added until there are this many.</source>
        <translation>レコードが少ないときは、この回数になるまで反復を増やします。</translation>
    </message>
    <message>
        <source>Larger is steadier, and means fewer updates and more memory.</source>
        <translation>1回の更新で使うレコード数。大きいほど安定しますが、更新が減り、メモリーを使います。</translation>
    </message>
    <message>
        <source>0 fits the longest record. Longer rows are refused, never cut.</source>
        <translation>トークン数。0なら最長のレコードに合わせます。長すぎる行は除外し、途中では切りません。</translation>
    </message>
    <message>
        <source>The best state is kept by these; each one costs a little time.</source>
        <translation>これで最良の状態を選んで残します。1回ごとに少し時間がかかります。</translation>
    </message>
    <message>
        <source>The same seed and data give the same run.</source>
        <translation>シードとデータが同じなら、同じ学習になります。</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>速さ優先</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>バランス</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>じっくり</translation>
    </message>
    <message>
        <source>A first look: few passes, a small adapter.</source>
        <translation>まず試す：反復は少なく、アダプターは小さめ。</translation>
    </message>
    <message>
        <source>The usual choice: enough passes to learn a format and its rules.</source>
        <translation>標準：形式とルールを覚えるのに十分な反復。</translation>
    </message>
    <message>
        <source>Twice the time for the last few points.</source>
        <translation>最後の数ポイントのために、2倍の時間をかけます。</translation>
    </message>
    <message>
        <source>checked, not started</source>
        <translation>確認済み・未開始</translation>
    </message>
    <message>
        <source>training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>停止処理中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>stopped and saved</source>
        <translation>停止・保存済み</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止済み</translation>
    </message>
    <message>
        <source>lost from sight</source>
        <translation>状態不明</translation>
    </message>
    <message>
        <source>Checking the settings</source>
        <translation>設定を確認しています</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>行を読み込んでいます</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>モデルを読み込んでいます</translation>
    </message>
    <message>
        <source>Trying the longest rows</source>
        <translation>最も長い行を試しています</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習しています</translation>
    </message>
    <message>
        <source>Measuring on validation</source>
        <translation>検証用で測定しています</translation>
    </message>
    <message>
        <source>Answering a few inputs</source>
        <translation>いくつかの入力に回答しています</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存しています</translation>
    </message>
    <message>
        <source>Opening the adapter again</source>
        <translation>アダプターを開き直しています</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>開始しています</translation>
    </message>
    <message>
        <source>Trained in float32: this device has no fast bfloat16.</source>
        <translation>float32で学習しています。このデバイスにはbfloat16の高速な処理がありません。</translation>
    </message>
    <message>
        <source>The adapter changes nothing: train longer or at a higher rate.</source>
        <translation>アダプターを入れても回答が変わりません。学習を長くするか、学習率を上げてください。</translation>
    </message>
    <message>
        <source>Some answers were cut before their stop mark.</source>
        <translation>終わりの印の前で切れた回答があります。</translation>
    </message>
    <message>
        <source>Fewer than 50 updates: tuned and base may hardly differ.</source>
        <translation>更新が50回未満です。チューニング後とベースの差がほとんど出ないことがあります。</translation>
    </message>
    <message>
        <source>Memory is short: fewer records are taken at a time.</source>
        <translation>メモリーが足りないため、一度に扱うレコードを減らしています。</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>読み取れない</translation>
    </message>
    <message>
        <source>no input</source>
        <translation>入力なし</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>回答なし</translation>
    </message>
    <message>
        <source>empty answer</source>
        <translation>回答が空</translation>
    </message>
    <message>
        <source>holds a control mark of the model</source>
        <translation>モデルの制御記号を含む</translation>
    </message>
    <message>
        <source>answer has no stop mark</source>
        <translation>回答に終了記号がない</translation>
    </message>
    <message>
        <source>longer than the limit</source>
        <translation>上限より長い</translation>
    </message>
    <message>
        <source>Start on this computer</source>
        <translation>このコンピューターで開始</translation>
    </message>
    <message>
        <source>Start – about {time} on this computer</source>
        <translation>開始 – このコンピューターで約{time}</translation>
    </message>
    <message>
        <source>All {trained} rows will be trained</source>
        <translation>{trained}行すべてを学習します</translation>
    </message>
    <message>
        <source>All {trained} rows will be trained; {validation} more measure it on the way</source>
        <translation>{trained}行すべてを学習し、別の{validation}行で途中経過を測ります</translation>
    </message>
    <message>
        <source>{trained} of {rows} rows will be trained, {validation} measure it on the way, {dropped} are left out</source>
        <translation>{rows}行のうち{trained}行を学習し、{validation}行で途中経過を測ります。{dropped}行は除外します</translation>
    </message>
    <message>
        <source>Longest row {longest} tokens, limit {limit}</source>
        <translation>最長の行 {longest}トークン、上限 {limit}</translation>
    </message>
    <message>
        <source>{steps} updates</source>
        <translation>更新{steps}回</translation>
    </message>
    <message>
        <source>{steps} updates, about {time}</source>
        <translation>更新{steps}回、約{time}</translation>
    </message>
    <message>
        <source>{total} records, none divided into parts yet</source>
        <translation>レコード{total}件、まだ未分割</translation>
    </message>
    <message>
        <source>{train} to learn from · {validation} to measure · {test} for the test</source>
        <translation>学習{train} · 検証{validation} · テスト{test}</translation>
    </message>
    <message>
        <source>A toy that knows support tickets and little else</source>
        <translation>問い合わせ専門のおもちゃ</translation>
    </message>
    <message>
        <source>The stop mark is learned: answers will know where to end</source>
        <translation>終了記号を学習します：回答は終わるべき所で終わります</translation>
    </message>
    <message>
        <source>The stop mark is not learned: answers would not end</source>
        <translation>終了記号を学習しません：回答が終わらなくなります</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>{total}ステップ中{step}</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>残り約{time}</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>ランク</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>アルファ</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>反復</translation>
    </message>
    <message>
        <source>at least updates</source>
        <translation>更新の下限</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>バッチ</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>ウォームアップ</translation>
    </message>
    <message>
        <source>length limit</source>
        <translation>長さの上限</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>検証回数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>スレッド</translation>
    </message>
    <message>
        <source>rank-stabilised</source>
        <translation>ランク安定化</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>重み減衰</translation>
    </message>
    <message>
        <source>gradient limit</source>
        <translation>勾配の上限</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>ドロップアウト</translation>
    </message>
    <message>
        <source>on</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>kept the state of step {step}</source>
        <translation>ステップ{step}の状態を採用</translation>
    </message>
    <message>
        <source>validation loss {loss}</source>
        <translation>検証損失 {loss}</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>所要時間 {time}</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルを開く</translation>
    </message>
</context>
<context>
    <name>TunePage</name>
    <message>
        <source>Tune</source>
        <translation>チューニング</translation>
    </message>
    <message>
        <source>Tuning teaches a model your right answers. It needs a dataset of records with right answers first.</source>
        <translation>チューニングは、あなたの正解をモデルに教えることです。まず、正解付きのレコードのデータセットが必要です。</translation>
    </message>
    <message>
        <source>Go to the records</source>
        <translation>レコードを開く</translation>
    </message>
    <message>
        <source>Stop this run without keeping what it learned?</source>
        <translation>学習結果を残さずに停止しますか？</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>学習を停止</translation>
    </message>
    <message>
        <source>“Save and stop” would keep the state so far. The record of the run and its chart stay in either case.</source>
        <translation>「保存して停止」なら、ここまでの状態が残ります。学習の記録とグラフはどちらでも残ります。</translation>
    </message>
    <message>
        <source>Close this run? Its worker is gone.</source>
        <translation>この学習を閉じますか？プロセスはもう動いていません。</translation>
    </message>
    <message>
        <source>Close the run</source>
        <translation>学習を閉じる</translation>
    </message>
    <message>
        <source>Its record, chart and files are kept.</source>
        <translation>記録、グラフ、ファイルは残ります。</translation>
    </message>
</context>
<context>
    <name>VariableField</name>
    <message>
        <source>{name} – not used in the prompt</source>
        <translation>{name}（プロンプトで未使用）</translation>
    </message>
    <message>
        <source>Value of {name}</source>
        <translation>{name}の値</translation>
    </message>
    <message>
        <source>Paste the {name} here, then Ctrl+Enter</source>
        <translation>ここに{name}を貼り付けて、Ctrl+Enter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Forget this value</source>
        <translation>この値を消します</translation>
    </message>
    <message>
        <source>Remove value of {name}</source>
        <translation>{name}の値を削除</translation>
    </message>
</context>
<context>
    <name>VerdictLabel</name>
    <message>
        <source>✓ as expected</source>
        <translation>✓ 期待どおり</translation>
    </message>
    <message>
        <source>✗ not as expected</source>
        <translation>✗ 期待と違う</translation>
    </message>
</context>
<context>
    <name>VersionChanges</name>
    <message>
        <source>Change of {part}</source>
        <translation>{part}の変更点</translation>
    </message>
    <message>
        <source>Role and rules</source>
        <translation>役割とルール</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>考え方</translation>
    </message>
    <message>
        <source>Example {number}</source>
        <translation>例 {number}</translation>
    </message>
    <message>
        <source>File {number}</source>
        <translation>ファイル {number}</translation>
    </message>
    <message>
        <source>Turn {number}</source>
        <translation>発言 {number}</translation>
    </message>
    <message>
        <source>Step {number}</source>
        <translation>ステップ {number}</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
</context>
<context>
    <name>VersionChip</name>
    <message>
        <source>not run yet</source>
        <translation>未実行</translation>
    </message>
    <message>
        <source>v{number} · changed</source>
        <translation>v{number} · 変更あり</translation>
    </message>
    <message>
        <source>v{number}</source>
        <translation>v{number}</translation>
    </message>
    <message>
        <source>A prompt becomes a version when it is first run; versions never change.</source>
        <translation>プロンプトは初めて実行したときに版になります。版は変わりません。</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版の一覧</translation>
    </message>
    <message>
        <source>Names, notes, results and changes (Ctrl+Shift+V)</source>
        <translation>名前、メモ、結果、変更点（Ctrl+Shift+V）</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Exactly what will be sent (Ctrl+Shift+P)</source>
        <translation>送られる内容をそのまま表示します（Ctrl+Shift+P）</translation>
    </message>
</context>
<context>
    <name>VersionsModel</name>
    <message>
        <source>Version</source>
        <translation>版</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>As it should be</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>試行</translation>
    </message>
    <message>
        <source>Tokens an answer</source>
        <translation>回答のトークン数</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>最初の実行</translation>
    </message>
</context>
<context>
    <name>VersionsSheet</name>
    <message>
        <source>Versions of the prompt</source>
        <translation>プロンプトの版</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Name of the version</source>
        <translation>版の名前</translation>
    </message>
    <message>
        <source>Such as “with the new rules”</source>
        <translation>例：「新しいルール入り」</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Note on the version</source>
        <translation>版のメモ</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比べる相手</translation>
    </message>
    <message>
        <source>Version to compare with</source>
        <translation>比べる相手の版</translation>
    </message>
    <message>
        <source>Put this version into the editor</source>
        <translation>この版を編集欄に戻す</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>A prompt becomes a version when it is first run.</source>
        <translation>プロンプトは、最初に実行したときに版になります。</translation>
    </message>
    <message>
        <source>There is no other version to compare with yet.</source>
        <translation>比べられる版がまだほかにありません。</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>比べています…</translation>
    </message>
    <message>
        <source>Nothing that is sent differs.</source>
        <translation>送られる内容に違いはありません。</translation>
    </message>
    <message>
        <source>Struck: only in {old}. Bold: only in {new}.</source>
        <translation>取り消し線：{old} だけにある語。太字：{new} だけにある語。</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>ようこそ</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Workbench</translation>
    </message>
    <message>
        <source>You know what a good answer looks like. Try prompts, keep every answer, correct what is wrong – and let a model learn from it.</source>
        <translation>良い回答がどんなものかを知っているのは、あなたです。プロンプトを試し、すべての回答を残し、違うところを直して、モデルに学ばせましょう。</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新規プロジェクト…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>プロジェクトを開く…</translation>
    </message>
    <message>
        <source>Start with your own examples…</source>
        <translation>手持ちの例から始める…</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>サンプルを開く</translation>
    </message>
    <message>
        <source>Guided tour of the sample project</source>
        <translation>サンプルプロジェクトのガイドツアー</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>最近使ったプロジェクト</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name}を開く</translation>
    </message>
    <message>
        <source>no longer there</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>Take {name} off the list</source>
        <translation>{name}を一覧から外す</translation>
    </message>
</context>
<context>
    <name>WorkerSection</name>
    <message>
        <source>Python for models</source>
        <translation>モデル用のPython</translation>
    </message>
    <message>
        <source>Models run in a Python of their own, with torch. Leave this empty to use the one that was set up beside the program.</source>
        <translation>モデルは、torchの入った専用のPythonで動きます。空欄なら、プログラムと一緒に用意されたものを使います。</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>自動で検出</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Choose a Python</source>
        <translation>Pythonを選択</translation>
    </message>
    <message>
        <source>Models can run on this computer.</source>
        <translation>このコンピューターでモデルを実行できます。</translation>
    </message>
</context>
</TS>
